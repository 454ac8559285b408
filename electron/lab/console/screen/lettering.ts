import { glyphs } from './glyphs';

/** A stroke from point to point, in units of the glyph, y upwards. */
type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

interface Drawn {
  /** Coverage 0 to 255, row by row. */
  readonly coverage: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** From the pen to the left edge, and from the baseline to the top edge. */
  readonly left: number;
  readonly top: number;
  readonly advance: number;
}

export type Weight = 'regular' | 'bold';

const CAPITALS = 7;
const DESCENT = 2.6;
/** Between two letters, and half of it at each side. */
const SPACING = 1.55;
const STROKE: Record<Weight, number> = { regular: 0.72, bold: 1.1 };
const ARC_STEP = 12;
const UNKNOWN = '?';

function segmentsOf(path: string): Segment[] {
  const words = path.split(' ').filter((word) => word !== '');
  const segments: Segment[] = [];
  let at = 0;
  let pen: readonly [number, number] | undefined;
  const number = () => Number(words[at++]);
  const to = (x: number, y: number) => {
    if (pen) segments.push([pen[0], pen[1], x, y]);
    pen = [x, y];
  };
  while (at < words.length) {
    const command = words[at++];
    if (command === 'M' || command === 'o') pen = undefined;
    if (command === 'M' || command === 'L') {
      to(number(), number());
      continue;
    }
    const [cx, cy, rx, ry, from, until] = [number(), number(), number(), number(), number(), number()];
    const steps = Math.max(1, Math.ceil(Math.abs(until - from) / ARC_STEP));
    for (let step = 0; step <= steps; step++) {
      const angle = ((from + ((until - from) * step) / steps) * Math.PI) / 180;
      to(cx + rx * Math.cos(angle), cy + ry * Math.sin(angle));
    }
  }
  return segments;
}

function distance([x1, y1, x2, y2]: Segment, x: number, y: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

function draw(char: string, size: number, weight: Weight): Drawn {
  const [widthText = '0', path = ''] = (glyphs[char] ?? glyphs[UNKNOWN] ?? '').split('|');
  const unit = size / CAPITALS;
  const half = Math.max(0.6, (STROKE[weight] * unit) / 2);
  const margin = Math.ceil(half) + 1;
  const segments = segmentsOf(path).map(
    (segment) => segment.map((value) => value * unit) as unknown as Segment,
  );
  const side = (SPACING * unit) / 2;
  const width = Math.ceil(Number(widthText) * unit) + 2 * margin;
  const top = Math.ceil(7.6 * unit) + margin;
  const height = top + Math.ceil(DESCENT * unit) + margin;
  const coverage = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = [column - margin + 0.5, top - row - 0.5];
      let nearest = Number.POSITIVE_INFINITY;
      for (const segment of segments) nearest = Math.min(nearest, distance(segment, x, y));
      coverage[row * width + column] = Math.round(255 * Math.min(1, Math.max(0, half + 0.5 - nearest)));
    }
  }
  return { coverage, width, height, left: side - margin, top, advance: Number(widthText) * unit + 2 * side };
}

const drawn = new Map<string, Drawn>();

/** A letter with capitals so many pixels high; drawn once for each size. */
export function glyph(char: string, size: number, weight: Weight): Drawn {
  const key = `${weight}${size}${char}`;
  const known = drawn.get(key);
  if (known) return known;
  const made = draw(char, size, weight);
  drawn.set(key, made);
  return made;
}

export const textWidth = (text: string, size: number, weight: Weight = 'regular'): number =>
  [...text].reduce((sum, char) => sum + glyph(char, size, weight).advance, 0);
