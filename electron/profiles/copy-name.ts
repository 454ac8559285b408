const LONGEST_NAME = 120;

/** A free name for a copy: `web (2)`, `web (3)` ... A number that is there already is counted on. */
export function copyName(name: string, taken: readonly string[]): string {
  const base = name.replace(/ \(\d+\)$/, '');
  const used = new Set(taken.map((other) => other.toLowerCase()));
  for (let number = 2; ; number += 1) {
    const suffix = ` (${number})`;
    const candidate = base.slice(0, LONGEST_NAME - suffix.length).trimEnd() + suffix;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}
