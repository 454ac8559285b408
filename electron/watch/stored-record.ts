import type { Phrase } from '../../shared/account-status';
import { hostLabel } from '../../shared/domain-account';
import type { EventRecord } from '../../shared/evidence';
import { type Effect, effectOf, type InstanceModel } from '../lockout';
import type { AccountRef, InferredFrom, TrailRow } from '../lockout/types';
import type { StoredRecord } from '../storage/evidence-types';

const why = (name: string, params: Phrase['params'] = {}): Phrase => ({
  key: `evidence.why.${name}`,
  params,
});

/** How an inferred address names the record that gave it. */
export const inferredFromText = (from: InferredFrom): string =>
  `${from.channel} ${from.eventId} #${from.recordId}`;

const plain = (record: EventRecord): StoredRecord => ({
  record,
  kind: 'other',
  account: null,
  address: null,
  addressInferredFrom: null,
  workstation: null,
  explanation: null,
});

/**
 * What is stored of an event: what it is, whom it concerns and why it counts or does not. `model` has the event and
 * its neighbours folded in: it knows what was inferred, and which two events are one attempt (R26).
 */
export function storedRecord(record: EventRecord, model: InstanceModel): StoredRecord {
  const effect = effectOf(record, { computer: hostLabel(record.computer), role: model.role });
  switch (effect.type) {
    case 'row':
      return storedRow(record, effect, model);
    case 'addressHint':
      return {
        ...plain(record),
        kind: 'hint',
        address: effect.hint.address,
        explanation: why(`hint.${effect.hint.kind}`),
      };
    case 'causeHint':
      return {
        ...plain(record),
        kind: 'hint',
        account: effect.hint.accountKey,
        address: effect.hint.address,
        workstation: effect.hint.clientName,
        explanation: why(`hint.${effect.hint.kind}`),
      };
    case 'gap':
      return { ...plain(record), kind: 'gap', explanation: why(`gap.${effect.gap.reason}`) };
    case 'nothing':
      return { ...plain(record), explanation: why(`nothing.${effect.reason}`) };
  }
}

function storedRow(
  record: EventRecord,
  { account, row, exists }: Extract<Effect, { type: 'row' }>,
  model: InstanceModel,
): StoredRecord {
  const known = exists ? inTrail(model, account, row) : undefined;
  const base: StoredRecord = {
    ...plain(record),
    account: account.key,
    address: known?.address ?? row.address,
    addressInferredFrom: known?.inferredFrom ? inferredFromText(known.inferredFrom) : null,
    workstation: row.workstation,
  };
  if (row.kind === 'success') return { ...base, kind: 'success', explanation: why('success') };
  if (row.kind === 'lock') return { ...base, kind: 'lock', explanation: why('lock') };
  if (row.kind === 'unlock') return { ...base, kind: 'unlock', explanation: why('unlock') };
  if (row.kind !== 'failure') return { ...base, explanation: why(row.kind) };
  if (isSecondOfPair(model, account, row, exists)) return { ...base, explanation: why('sameAttempt') };
  const counts = row.counts !== 'no';
  return {
    ...base,
    kind: counts ? 'failure' : 'failureNotCounted',
    explanation: why(row.reason ?? 'unknownCode', { code: hex(row.code) }),
  };
}

const hex = (code: number): string => `0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;

const inTrail = (model: InstanceModel, account: AccountRef, row: TrailRow): TrailRow | undefined =>
  model.accounts
    .get(account.key)
    ?.trail.find((other) => other.recordId === row.recordId && other.channel === row.channel);

/** Whether the model took this event for the second record of an attempt that another event had told already. */
function isSecondOfPair(model: InstanceModel, account: AccountRef, row: TrailRow, exists: boolean): boolean {
  if (exists) {
    const trail = model.accounts.get(account.key)?.trail ?? [];
    return trail.some(
      ({ mergedWith }) => mergedWith?.recordId === row.recordId && mergedWith.eventId === row.eventId,
    );
  }
  const recent = model.recentFailures;
  const seen = (other: { recordId: number; channel: string }): boolean =>
    other.recordId === row.recordId && other.channel === row.channel;
  const pairedSoon = recent.some((other) => other.accountKey === account.key && other.merged);
  return pairedSoon && !recent.some(seen);
}
