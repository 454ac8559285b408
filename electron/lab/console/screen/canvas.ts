import type { Rectangle } from '../rfb/rectangles';
import { glyph, textWidth, type Weight } from './lettering';

export interface TextStyle {
  /** Height of a capital letter in pixels. */
  readonly size: number;
  readonly colour: number;
  readonly weight?: Weight;
  readonly align?: 'left' | 'centre' | 'right';
}

/** A picture of 0xRRGGBB pixels, drawn from scratch every time. */
export class Canvas {
  readonly pixels: Uint32Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.pixels = new Uint32Array(width * height);
  }

  fill({ x, y, width, height }: Rectangle, colour: number): void {
    const [right, bottom] = [Math.min(this.width, x + width), Math.min(this.height, y + height)];
    for (let row = Math.max(0, y); row < bottom; row++) {
      this.pixels.fill(colour, row * this.width + Math.max(0, x), row * this.width + right);
    }
  }

  frame({ x, y, width, height }: Rectangle, colour: number, thickness = 1): void {
    this.fill({ x, y, width, height: thickness }, colour);
    this.fill({ x, y: y + height - thickness, width, height: thickness }, colour);
    this.fill({ x, y, width: thickness, height }, colour);
    this.fill({ x: x + width - thickness, y, width: thickness, height }, colour);
  }

  /** From one colour at the top to another at the bottom. */
  shade(top: number, bottom: number): void {
    for (let row = 0; row < this.height; row++) {
      const colour = mix(top, bottom, row / (this.height - 1));
      this.pixels.fill(colour, row * this.width, (row + 1) * this.width);
    }
  }

  disc(centreX: number, centreY: number, radius: number, colour: number): void {
    const reach = Math.ceil(radius) + 1;
    const [left, top] = [Math.floor(centreX) - reach, Math.floor(centreY) - reach];
    for (let y = top; y <= top + 2 * reach + 1; y++) {
      for (let x = left; x <= left + 2 * reach + 1; x++) {
        this.#blend(x, y, colour, radius + 0.5 - Math.hypot(x - centreX, y - centreY));
      }
    }
  }

  /** Writes on a baseline; what does not fit into `most` pixels is cut off with an ellipsis. */
  text(text: string, x: number, baseline: number, style: TextStyle, most = this.width): void {
    const { size, colour, weight = 'regular', align = 'left' } = style;
    let shown = text;
    while (shown.length > 1 && textWidth(shown, size, weight) > most) {
      shown = `${shown.replace(/…$/, '').slice(0, -1)}…`;
    }
    const width = textWidth(shown, size, weight);
    let pen = x - (align === 'centre' ? width / 2 : align === 'right' ? width : 0);
    for (const char of shown) {
      const drawn = glyph(char, size, weight);
      const left = Math.round(pen + drawn.left);
      for (let row = 0; row < drawn.height; row++) {
        for (let column = 0; column < drawn.width; column++) {
          const coverage = drawn.coverage[row * drawn.width + column] ?? 0;
          if (coverage > 0) this.#blend(left + column, baseline - drawn.top + row, colour, coverage / 255);
        }
      }
      pen += drawn.advance;
    }
  }

  #blend(x: number, y: number, colour: number, share: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height || share <= 0) return;
    const at = y * this.width + x;
    this.pixels[at] = share >= 1 ? colour : mix(this.pixels[at] ?? 0, colour, share);
  }
}

function mix(from: number, to: number, share: number): number {
  const part = (shift: number) => {
    const [a, b] = [(from >> shift) & 0xff, (to >> shift) & 0xff];
    return Math.round(a + (b - a) * share) << shift;
  };
  return part(16) | part(8) | part(0);
}

const TILE = 32;

/** Where two pictures of one size differ, in tiles joined along their row. */
export function differences(
  before: Uint32Array,
  after: Uint32Array,
  width: number,
  height: number,
): Rectangle[] {
  const areas: Rectangle[] = [];
  for (let y = 0; y < height; y += TILE) {
    const tileHeight = Math.min(TILE, height - y);
    let run: { x: number; width: number } | undefined;
    for (let x = 0; x < width; x += TILE) {
      const tileWidth = Math.min(TILE, width - x);
      if (differs(before, after, width, x, y, tileWidth, tileHeight)) {
        run = run ? { x: run.x, width: run.width + tileWidth } : { x, width: tileWidth };
      } else if (run) {
        areas.push({ ...run, y, height: tileHeight });
        run = undefined;
      }
    }
    if (run) areas.push({ ...run, y, height: tileHeight });
  }
  return areas;
}

function differs(
  before: Uint32Array,
  after: Uint32Array,
  stride: number,
  x: number,
  y: number,
  width: number,
  height: number,
): boolean {
  for (let row = y; row < y + height; row++) {
    for (let at = row * stride + x; at < row * stride + x + width; at++) {
      if (before[at] !== after[at]) return true;
    }
  }
  return false;
}
