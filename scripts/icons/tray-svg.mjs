import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countBadge } from './count-badge.mjs';

export const TRAY_STATES = /** @type {const} */ (['clear', 'counting', 'locked', 'unknown', 'isolated']);
export const TRAY_COUNTS = /** @type {const} */ ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 'many']);

/**
 * @typedef {typeof TRAY_STATES[number]} TrayState
 * @typedef {typeof TRAY_COUNTS[number]} TrayCount
 */

/** Bright fills inside a dark outline: the fill carries on a dark panel, the outline on a light one. */
const COLOURS = {
  clear: { fill: '#3fd38a', mark: '#10331f' },
  counting: { fill: '#ffc02e', mark: '#3a2600' },
  locked: { fill: '#ff5348', mark: '#ffffff' },
  unknown: { fill: '#c3c9d4', mark: '#1d222b' },
  isolated: { fill: '#4ba6ff', mark: '#ffffff' },
};
const OUTLINE = '#15171c';

/**
 * The tray icon of a state as SVG.
 *
 * @param {string} drawingsDir
 * @param {TrayState} state
 * @param {TrayCount} count
 * @param {'colour' | 'template'} style template images are black and transparent, as macOS wants them
 */
export function traySvg(drawingsDir, state, count, style) {
  const drawing = readFileSync(join(drawingsDir, `tray-${state}.svg`), 'utf8');
  const glyph = drawing.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '').replace(/<title>[^<]*<\/title>/, '');
  // With a count the glyph makes room for the badge in the lower right corner.
  const place = count === 0 ? '' : 'transform="translate(0 0) scale(0.8)"';
  const badge = count === 0 ? undefined : countBadge(count);
  const content =
    style === 'colour'
      ? `<style>${colourStyle(state)}</style><g ${place}>${glyph}</g>${badge?.colour ?? ''}`
      : template(glyph, place, badge);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${content}</svg>`;
}

/** @param {TrayState} state */
function colourStyle(state) {
  const { fill, mark } = COLOURS[state];
  return `
    .shape { fill: ${fill}; stroke: ${OUTLINE}; stroke-width: 1; stroke-linejoin: round; }
    .mark { fill: none; stroke: ${mark}; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
    .dot { fill: ${mark}; }`;
}

/**
 * @param {string} glyph
 * @param {string} place
 * @param {{ hole: string, solid: string } | undefined} badge
 */
function template(glyph, place, badge) {
  return `
    <style>
      .shape { fill: #fff; stroke: none; }
      .mark { fill: none; stroke: #000; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
      .dot { fill: #000; }
    </style>
    <mask id="cut" maskUnits="userSpaceOnUse" x="0" y="0" width="16" height="16">
      <g ${place}>${glyph}</g>${badge?.hole ?? ''}${badge?.solid ?? ''}
    </mask>
    <rect width="16" height="16" fill="#000" mask="url(#cut)"/>`;
}
