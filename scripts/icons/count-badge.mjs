/** Digits drawn as lines in a box of 4 by 6, so that no font of the machine takes part. */
const DIGITS = {
  1: 'M1 1.3 L2.4 0 V6',
  2: 'M0.2 1.4 C0.2 0.5 1 0 2 0 S3.8 0.6 3.8 1.6 C3.8 3 0.2 4.2 0.2 6 H3.9',
  3: 'M0.3 0.1 H3.7 L1.9 2.5 C3.2 2.5 3.9 3.2 3.9 4.2 C3.9 5.4 3 6 1.9 6 C1.1 6 0.4 5.7 0.1 5',
  4: 'M2.9 6 V0 L0 4.2 H4',
  5: 'M3.6 0 H0.6 L0.4 2.7 C0.8 2.3 1.4 2.1 2 2.1 C3.1 2.1 3.9 2.9 3.9 4 C3.9 5.2 3.1 6 1.9 6 C1.1 6 0.4 5.7 0.1 5',
  6: 'M3.3 0.1 C1.4 0.5 0.1 2.2 0.1 4 C0.1 5.2 0.9 6 2 6 S3.9 5.2 3.9 4.1 S3.1 2.3 2 2.3 S0.1 3 0.1 4.1',
  7: 'M0.1 0 H3.9 L1.5 6',
  8: 'M2 2.8 C1.1 2.8 0.4 2.2 0.4 1.4 S1.1 0 2 0 S3.6 0.6 3.6 1.4 S2.9 2.8 2 2.8 C0.9 2.8 0.1 3.4 0.1 4.4 S0.9 6 2 6 S3.9 5.4 3.9 4.4 S3.1 2.8 2 2.8 Z',
  9: 'M0.7 5.9 C2.6 5.5 3.9 3.8 3.9 2 C3.9 0.8 3.1 0 2 0 S0.1 0.8 0.1 1.9 S0.9 3.7 2 3.7 S3.9 3 3.9 1.9',
};
const PLUS = 'M0 1.5 H3 M1.5 0 V3';

/**
 * The badge with a count, in the lower right corner of a 16 by 16 drawing.
 *
 * @param {1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 'many'} count
 * @returns {{ colour: string, hole: string, solid: string }} `hole` and `solid` are for a mask: what to cut out
 *   around the badge, and the badge itself
 */
export function countBadge(count) {
  const isMany = count === 'many';
  const width = isMany ? 11 : 8;
  const [x, y, height] = [15.5 - width, 6.5, 9];
  const lines = [`<path d="${DIGITS[isMany ? 9 : count]}" transform="translate(${x + 2} ${y + 1.5})"/>`];
  if (isMany) lines.push(`<path d="${PLUS}" transform="translate(${x + 6.5} ${y + 2.5})"/>`);
  const figure = (/** @type {string} */ colour) =>
    `<g fill="none" stroke="${colour}" stroke-width="1.35" stroke-linecap="round" stroke-linejoin="round">${lines.join('')}</g>`;
  const pill = (/** @type {string} */ attributes, grow = 0) =>
    `<rect x="${x - grow}" y="${y - grow}" width="${width + 2 * grow}" height="${height + 2 * grow}" rx="2.5" ${attributes}/>`;
  return {
    colour: `${pill('fill="#ffffff" stroke="#15171c" stroke-width="1"')}${figure('#15171c')}`,
    hole: pill('fill="#000"', 1),
    solid: `${pill('fill="#fff"')}${figure('#000')}`,
  };
}
