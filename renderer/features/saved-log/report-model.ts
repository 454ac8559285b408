import type { ReplayAccount, ReplayReport } from '../../../shared/replay';

/** The last part of a path, with either kind of slash. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) || path;

export const ignoredTotal = (report: ReplayReport): number =>
  Object.values(report.failures.ignored).reduce((sum, count) => sum + count, 0);

/** Event ids, the most frequent first. */
export const eventIds = (report: ReplayReport): (readonly [string, number])[] =>
  Object.entries(report.eventsById).sort(([, a], [, b]) => b - a);

const SOURCES = 3;

/** The first sources of an account and how many more there are. */
export function sourcesOf(account: ReplayAccount): { readonly shown: string; readonly more: number } {
  const all = [...account.sources.map((source) => source.address ?? ''), ...account.workstations].filter(
    Boolean,
  );
  const unique = [...new Set(all)];
  return { shown: unique.slice(0, SOURCES).join(', '), more: Math.max(0, unique.length - SOURCES) };
}
