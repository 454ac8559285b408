export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const contains = ({ x, y, width, height }: Rectangle, atX: number, atY: number): boolean =>
  atX >= x && atY >= y && atX < x + width && atY < y + height;

/** What two rectangles share; null for nothing. */
export function shared(one: Rectangle, other: Rectangle): Rectangle | null {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  const width = Math.min(one.x + one.width, other.x + other.width) - x;
  const height = Math.min(one.y + one.height, other.y + other.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function around(one: Rectangle, other: Rectangle): Rectangle {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

/** What a client has not been told yet: a few rectangles, or one around them all when they become many. */
export class Damage {
  static readonly most = 32;
  #areas: Rectangle[] = [];

  add(areas: readonly Rectangle[]): void {
    for (const area of areas) {
      const covered = this.#areas.some((one) => {
        const common = shared(one, area);
        return common !== null && common.width === area.width && common.height === area.height;
      });
      if (!covered) this.#areas.push(area);
    }
    if (this.#areas.length > Damage.most) this.#areas = [this.#areas.reduce(around)];
  }

  /** What of it lies in the area that a client asks for; the rest stays. Nothing: an empty list. */
  take(wanted: Rectangle): Rectangle[] {
    const taken = this.#areas.flatMap((area) => shared(area, wanted) ?? []);
    if (taken.length === 0) return [];
    this.#areas = this.#areas.filter((area) => {
      const common = shared(area, wanted);
      return common === null || common.width !== area.width || common.height !== area.height;
    });
    return taken;
  }
}
