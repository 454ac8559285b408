import type { AppError } from '../../../../shared/errors';
import type { ReplayPolicy, ReplayReport, ReplaySource } from '../../../../shared/replay';
import { msFromFiletime } from '../../../../shared/time';
import { tallyTotal } from '../../../lockout';
import type { Tally } from '../../../lockout/types';
import type { EventXmlReader } from '../reader';
import { accountReport, sourcesOf } from './account-report';
import type { Machine } from './machine';
import type { Survey } from './survey';

const MOST_ACCOUNTS = 1000;
const MOST_MARKS = 1000;
const MOST_SOURCES = 500;

/** A report that holds nothing but why. */
export const emptyReport = (file: string, problem: AppError | null, bytes = 0): ReplayReport => ({
  file,
  problem,
  encoding: null,
  bytes,
  events: 0,
  eventsById: {},
  eventsByChannel: {},
  duplicates: 0,
  firstAtMs: null,
  lastAtMs: null,
  computers: [],
  broken: { count: 0, samples: [] },
  policy: null,
  failures: { counted: 0, notCounted: 0, uncertain: 0, ignored: {} },
  accounts: [],
  accountsLeftOut: 0,
  locks: 0,
  unlocks: 0,
  marks: [],
  sources: [],
  failuresWithoutAddress: 0,
  gaps: [],
});

export interface ReplayResult {
  readonly file: string;
  readonly problem: AppError | null;
  readonly policy: ReplayPolicy | null;
  readonly ownAddresses: readonly string[];
  readonly reader: EventXmlReader;
  readonly survey: Survey;
  readonly machines: readonly Machine[];
}

const add = <T>(of: readonly T[], value: (one: T) => number): number =>
  of.reduce((total, one) => total + value(one), 0);

const instant = (time: bigint | null): number | null => (time === null ? null : msFromFiletime(time));

/** Puts together what was read, counted and folded. */
export function buildReport(result: ReplayResult): ReplayReport {
  const { reader, survey, machines } = result;
  const accounts = machines
    .flatMap((machine) =>
      [...machine.tally.accounts.values()].map((counts) =>
        accountReport(machine, counts, result.ownAddresses),
      ),
    )
    .sort((a, b) => b.counted - a.counted || failuresOf(b) - failuresOf(a) || (a.key < b.key ? -1 : 1));
  return {
    ...emptyReport(result.file, result.problem, reader.bytes),
    encoding: reader.encoding ?? null,
    events: survey.events,
    eventsById: Object.fromEntries([...survey.byId].sort(([a], [b]) => a - b)),
    eventsByChannel: Object.fromEntries([...survey.byChannel].sort()),
    duplicates: survey.duplicates,
    firstAtMs: instant(survey.first),
    lastAtMs: instant(survey.last),
    computers: machines.map(({ computer }) => computer),
    broken: { count: reader.broken.count, samples: reader.broken.samples.map((sample) => ({ ...sample })) },
    policy: result.policy,
    failures: {
      counted: add(machines, ({ tally }) => tally.totals.yes),
      notCounted: add(machines, ({ tally }) => tally.totals.no),
      uncertain: add(machines, ({ tally }) => tally.totals.uncertain),
      ignored: ignoredOf(machines),
    },
    accounts: accounts.slice(0, MOST_ACCOUNTS),
    accountsLeftOut: Math.max(0, accounts.length - MOST_ACCOUNTS),
    locks: add(machines, ({ tally }) => tally.locks),
    unlocks: add(machines, ({ tally }) => tally.unlocks),
    marks: machines
      .flatMap(({ tally }) => tally.marks)
      .sort((a, b) => a.atMs - b.atMs)
      .slice(0, MOST_MARKS),
    sources: mergedSources(machines.map(({ model }) => model.addresses)),
    failuresWithoutAddress: add(machines, withoutAddress),
    gaps: machines.flatMap(({ computer, model }) =>
      model.gaps.map(({ at, channel, reason }) => ({ computer, atMs: msFromFiletime(at), channel, reason })),
    ),
  };
}

const failuresOf = (account: { notCounted: number; uncertain: number }): number =>
  account.notCounted + account.uncertain;

function ignoredOf(machines: readonly Machine[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { tally } of machines) {
    for (const [reason, events] of tally.ignored) sums[reason] = (sums[reason] ?? 0) + events;
  }
  return sums;
}

function withoutAddress({ model }: Machine): number {
  const attempts = add([...model.accounts.values()], ({ failuresByReason }) =>
    add(Object.values(failuresByReason), (failures) => failures),
  );
  return Math.max(0, attempts + tallyTotal(model.unknownNames) - tallyTotal(model.addresses));
}

/** Addresses of all computers, most failures first. */
function mergedSources(tallies: readonly Tally[]): ReplaySource[] {
  const merged = new Map<string, ReplaySource>();
  for (const source of tallies.flatMap(sourcesOf)) {
    const known = merged.get(source.address ?? '');
    merged.set(source.address ?? '', {
      ...source,
      failures: source.failures + (known?.failures ?? 0),
      inferred: source.inferred + (known?.inferred ?? 0),
      firstMs: Math.min(source.firstMs, known?.firstMs ?? source.firstMs),
      lastMs: Math.max(source.lastMs, known?.lastMs ?? source.lastMs),
    });
  }
  return [...merged.values()].sort((a, b) => b.failures - a.failures).slice(0, MOST_SOURCES);
}
