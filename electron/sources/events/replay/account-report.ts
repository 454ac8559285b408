import type { ReplayAccount, ReplaySource } from '../../../../shared/replay';
import { msFromFiletime, TICKS_PER_MINUTE } from '../../../../shared/time';
import { accountStatus, addressScope, ranked, verdict } from '../../../lockout';
import type { AccountRecord, InstanceModel, Tally, Verdict } from '../../../lockout/types';
import type { AccountCounts } from './account-tally';
import type { Machine } from './machine';

const MOST_SOURCES = 100;
/** The log's end is the moment it is looked at: nothing in it is stale. */
const NEVER_STALE = 100_000n * 24n * 60n * TICKS_PER_MINUTE;

const sum = (counts: AccountCounts, which: string): number =>
  [...counts.failures.values()].reduce((total, one) => total + (one.counts === which ? one.events : 0), 0);

const scopeOf = (address: string): ReplaySource['scope'] => {
  const scope = addressScope(address);
  return scope === 'loopback' ? 'local' : scope;
};

export const sourcesOf = (tally: Tally): ReplaySource[] =>
  ranked(tally)
    .slice(0, MOST_SOURCES)
    .map(({ key, count, first, last, inferred }) => ({
      address: key,
      scope: scopeOf(key),
      failures: count,
      inferred,
      firstMs: msFromFiletime(first),
      lastMs: msFromFiletime(last),
    }));

/** One account of a replayed log, from its plain counts and what the model made of it. */
export function accountReport(
  machine: Machine,
  counts: AccountCounts,
  ownAddresses: readonly string[],
): ReplayAccount {
  const { model } = machine;
  const { ref } = counts;
  const record = model.accounts.get(ref.key);
  return {
    computer: machine.computer,
    key: ref.key,
    name: ref.name,
    domain: ref.domain,
    sid: record?.ref.sid ?? ref.sid,
    authority: ref.authority,
    failures: [...counts.failures.values()].sort((a, b) => b.events - a.events),
    counted: sum(counts, 'yes'),
    notCounted: sum(counts, 'no'),
    uncertain: sum(counts, 'uncertain'),
    attempts: attemptsOf(model, record, ref.key),
    locks: counts.locks,
    unlocks: counts.unlocks,
    sources: record ? sourcesOf(record.addresses) : [],
    failuresWithoutAddress: record?.failuresWithoutAddress ?? 0,
    workstations: record ? ranked(record.workstations).map(({ key }) => key) : [],
    atEnd: record ? atEnd(machine, record) : null,
    verdict: record ? verdictOf(verdict(model, record, { ownAddresses }, machine.end)) : null,
  };
}

function attemptsOf(
  model: InstanceModel,
  record: AccountRecord | undefined,
  key: string,
): ReplayAccount['attempts'] {
  const guesses = model.unknownNames.entries.get(key)?.count ?? 0;
  if (!record) return guesses > 0 ? { counted: 0, all: guesses } : null;
  const all = Object.values(record.failuresByReason).reduce((total, failures) => total + failures, guesses);
  return { counted: record.failuresCounted, all };
}

function atEnd(machine: Machine, record: AccountRecord): ReplayAccount['atEnd'] {
  const { model, end } = machine;
  const status = accountStatus(model, record, { checkedAt: end, maxAge: NEVER_STALE }, end);
  const { autoUnlockAt } = status;
  return {
    status: status.state,
    reasons: status.reasons.map(({ key, params }) => ({ key, params: { ...params } })),
    badPasswordCount: status.badPasswordCount,
    lockedAtMs: status.lockedAt === null ? null : msFromFiletime(status.lockedAt),
    autoUnlockAtMs: typeof autoUnlockAt === 'bigint' ? msFromFiletime(autoUnlockAt) : null,
    lockedUntilAdmin: autoUnlockAt === 'untilAdmin',
  };
}

function verdictOf(found: Verdict): ReplayAccount['verdict'] {
  if (found.kind === 'none') return null;
  return {
    kind: found.kind === 'undetermined' ? 'undecided' : found.kind,
    confidence: found.confidence,
    reasons: [...found.reasons, ...found.incompleteReasons].map(({ key, params }) => ({
      key,
      params: { ...params },
    })),
    evidenceIncomplete: found.evidenceIncomplete,
  };
}
