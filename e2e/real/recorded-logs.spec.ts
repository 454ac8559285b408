import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayFile } from '../../electron/sources/events/replay-file';
import type { ReplayReport } from '../../shared/replay';

/** What count-events.py prints for a file. */
interface OtherCount {
  readonly file: string;
  readonly events: number;
  readonly byId: Record<string, number>;
  readonly broken: number;
  readonly counted: Record<string, number>;
  readonly notCounted: Record<string, number>;
  readonly ignored: number;
  readonly locks: number;
  readonly unlocks: number;
  readonly locked: string[];
}

const reference = process.env.LOCKWATCH_REFERENCE_DATA;

const recordedLogs = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /\.(xml|txt)$/.test(path) && /<Event[\s>]/.test(readFileSync(path, 'utf8')))
    .sort();

const otherCount = (path: string): OtherCount =>
  JSON.parse(execFileSync('python3', [join(__dirname, 'count-events.py'), path], { encoding: 'utf8' }));

/** Failure events by account name, over all computers and domains, as the other tool sees them. */
function byName(
  report: ReplayReport,
  value: (account: ReplayReport['accounts'][number]) => number,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const account of report.accounts) {
    const name = account.name.toLowerCase();
    if (value(account) > 0) sums[name] = (sums[name] ?? 0) + value(account);
  }
  return sums;
}

const asOther = (path: string, report: ReplayReport): OtherCount => ({
  file: path,
  events: report.events,
  byId: report.eventsById,
  broken: report.broken.count,
  counted: byName(report, (account) => account.counted),
  notCounted: byName(report, (account) => account.notCounted + account.uncertain),
  ignored: Object.values(report.failures.ignored).reduce((sum, events) => sum + events, 0),
  locks: report.locks,
  unlocks: report.unlocks,
  locked: [
    ...new Set(report.marks.filter(({ kind }) => kind === 'lock').map(({ account }) => account)),
  ].sort(),
});

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe('recorded logs, counted twice', () => {
  if (reference === undefined) {
    it.skip('skipped: LOCKWATCH_REFERENCE_DATA does not name the recorded logs', () => undefined);
    return;
  }
  const logs = recordedLogs(join(reference, 'events'));
  it('finds the logs', () => expect(logs.length).toBeGreaterThan(20));
  it.each(logs.map((path) => [path.slice(join(reference, 'events').length + 1), path]))(
    '%s',
    async (name, path) => {
      const other = otherCount(path);
      const report = await replayFile(path, { policy: null });
      const own = asOther(path, report);
      console.log(
        `${name}: events ${own.events}/${other.events}, failures counted ${sum(own.counted)}/${sum(other.counted)}, ` +
          `not counted ${sum(own.notCounted)}/${sum(other.notCounted)}, accounts locked ${own.locked.length}/${other.locked.length}`,
      );
      expect(report.problem).toBeNull();
      expect(own).toEqual(other);
    },
  );
});
