import { hostLabel } from '../../shared/domain-account';
import type { EventRecord } from '../../shared/evidence';
import type { Filetime, Ticks } from '../../shared/time';
import { AccountFold, newRecord } from './account-fold';
import { withGap } from './gaps';
import { accountRef } from './identity';
import { InstanceFold } from './instance-fold';
import type { PolicyReading } from './policy';
import { policyFor } from './policy-facts';
import { formerKeys, takeOver } from './renamed';
import { emptyTally } from './tally';
import { EMPTY_DETAILS } from './trail';
import type {
  AccountReading,
  AccountRef,
  AuditingReading,
  Gap,
  InstanceModel,
  InstanceRole,
  TrailRow,
} from './types';

/** A model that knows nothing yet. `computer`: the instance's own name when known, else learned from its events. */
export const emptyModel = (
  role: InstanceRole = 'unknown',
  computer: string | null = null,
): InstanceModel => ({
  version: 1,
  computer: computer === null ? null : hostLabel(computer),
  role,
  clockOffset: 0n,
  localPolicy: null,
  domainPolicy: null,
  auditing: null,
  accounts: new Map(),
  accountsForgotten: 0,
  unknownNames: emptyTally,
  addresses: emptyTally,
  recentFailures: [],
  addressHints: [],
  pendingAddresses: [],
  causeHints: [],
  gaps: [],
  marks: new Map(),
  eventsApplied: 0,
  lastEventAt: 0n,
});

/**
 * Folds events in (section 4's table, R24 to R29); returns a new model and leaves the old one as it is. Records that
 * were taken in before change nothing. Give each channel's records in ascending order (a disorder of up to 128
 * records is put right) and channels merged by time (`inReadingOrder`), so that addresses can be inferred.
 */
export function applyEvents(model: InstanceModel, events: readonly EventRecord[]): InstanceModel {
  if (events.length === 0) return model;
  const fold = new InstanceFold(model);
  for (const event of events) fold.apply(event);
  return fold.snapshot();
}

/** Events of several channels in the order in which they happened: by time, then channel, then record id. */
export const inReadingOrder = (events: readonly EventRecord[]): EventRecord[] =>
  [...events].sort((a, b) => {
    if (a.time !== b.time) return a.time < b.time ? -1 : 1;
    if (a.channel !== b.channel) return a.channel < b.channel ? -1 : 1;
    return a.recordId - b.recordId;
  });

/**
 * A policy as read at `at` (ticks, instance's clock). It holds from now on; what was judged under an earlier policy
 * stays as it was (R16). A `domain` or `pso` policy is kept as the domain's, a `local` one as the machine's (R3).
 */
export function applyPolicy(model: InstanceModel, reading: PolicyReading, at: Filetime): InstanceModel {
  const held = { policy: reading.policy, at };
  const next: InstanceModel =
    reading.policy.source === 'local' ? { ...model, localPolicy: held } : { ...model, domainPolicy: held };
  const accounts = new Map(model.accounts);
  for (const [key, record] of accounts) {
    const [before, after] = [policyFor(model, record), policyFor(next, record)];
    if (samePolicy(before, after)) continue;
    const fold = new AccountFold(record, before);
    fold.changePolicy(after);
    accounts.set(key, fold.snapshot());
  }
  return { ...next, accounts };
}

function samePolicy(a: PolicyReading['policy'] | null, b: PolicyReading['policy'] | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.threshold === b.threshold &&
    a.observationWindow === b.observationWindow &&
    a.lockoutDuration === b.lockoutDuration &&
    a.lockoutAdmins === b.lockoutAdmins
  );
}

/** Which audit subcategories are on, read at `at` (ticks): without them silence proves nothing (R25, R29). */
export const applyAuditing = (
  model: InstanceModel,
  reading: AuditingReading,
  at: Filetime,
): InstanceModel => ({
  ...model,
  auditing: { ...reading, at },
});

/** The instance's clock minus ours in ticks; see `instanceTime`. */
export const applyClockOffset = (model: InstanceModel, clockOffset: Ticks): InstanceModel => ({
  ...model,
  clockOffset,
});

/** Our time to the instance's, as every other function here expects it (ticks). */
export const instanceTime = (model: Pick<InstanceModel, 'clockOffset'>, ours: Filetime): Filetime =>
  ours + model.clockOffset;

/** The instance's time to ours (ticks). */
export const ourTime = (model: Pick<InstanceModel, 'clockOffset'>, theirs: Filetime): Filetime =>
  theirs - model.clockOffset;

/** Evidence before `gap.at` may be missing (R29). A rebuilt log starts its record ids anew, so they are forgotten. */
export function applyGap(model: InstanceModel, gap: Gap): InstanceModel {
  const gaps = withGap(model.gaps, gap);
  if (gap.reason !== 'logRebuilt') return { ...model, gaps };
  const marks = new Map([...model.marks].filter(([key]) => !key.endsWith(`|${gap.channel}`)));
  return { ...model, gaps, marks };
}

/** Account states as their authority gave them (R29): they outrank every event up to their time. */
export function applyAccountReadings(
  model: InstanceModel,
  readings: readonly AccountReading[],
): InstanceModel {
  if (readings.length === 0) return model;
  const accounts = new Map(model.accounts);
  const named = readings.flatMap((reading) => {
    const ref = refOf(model, reading);
    return ref ? [{ ref, reading }] : [];
  });
  const former = formerKeys(
    accounts,
    named.map(({ ref }) => ref),
  );
  for (const { ref, reading } of named) {
    const renamed = takeOver(accounts, former, ref, (record) => policyFor(model, record));
    const old = renamed ?? accounts.get(ref.key) ?? newRecord(ref);
    const record = reading.policy ? { ...old, policy: reading.policy } : old;
    const [before, after] = [policyFor(model, old), policyFor(model, record)];
    const fold = new AccountFold(record, before);
    if (!samePolicy(before, after)) fold.changePolicy(after);
    fold.applyReading(ref, readingRow(reading));
    accounts.set(ref.key, fold.snapshot());
  }
  return { ...model, accounts };
}

function refOf(model: InstanceModel, reading: AccountReading): AccountRef | null {
  const local = reading.origin === 'local' && reading.domain === null;
  const domain = local ? '.' : (reading.domain ?? undefined);
  const host = { computer: model.computer, role: model.role };
  return accountRef(host, reading.name, domain, reading.sid ?? undefined);
}

const readingRow = (reading: AccountReading): TrailRow => ({
  kind: 'reading',
  time: reading.at,
  channel: '',
  recordId: 0,
  eventId: 0,
  ...EMPTY_DETAILS,
  reading,
});
