/** One measured figure: printed as one JSON line. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** In words with its number, for example `at most 1.5`. Null: measured for comparison only. */
  readonly target: string | null;
  readonly met: boolean | null;
  readonly how: string;
}

const round = (value: number): number => Number(value.toPrecision(4));

export function atMost(name: string, value: number, unit: string, limit: number, how: string): Figure {
  return { name, value: round(value), unit, target: `at most ${limit}`, met: value <= limit, how };
}

export function atLeast(name: string, value: number, unit: string, limit: number, how: string): Figure {
  return { name, value: round(value), unit, target: `at least ${limit}`, met: value >= limit, how };
}

export function measured(name: string, value: number, unit: string, how: string): Figure {
  return { name, value: round(value), unit, target: null, met: null, how };
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};
