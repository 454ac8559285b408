import type { InstanceModel } from '../lockout';
import type { TrailRow } from '../lockout/types';
import type { AddressAmendment } from '../storage/evidence-types';
import { inferredFromText } from './stored-record';

const keyOf = (row: TrailRow): string => `${row.channel}|${row.recordId}`;

/**
 * Rows that were known before and have since been given an inferred address: what is stored of them is put right.
 * Rows that are new in `after` are stored with their address in the first place.
 */
export function amendmentsBetween(before: InstanceModel, after: InstanceModel): readonly AddressAmendment[] {
  const amendments: AddressAmendment[] = [];
  const computers = computersByChannel(after);
  for (const [key, record] of after.accounts) {
    const old = before.accounts.get(key);
    if (!old || old === record) continue;
    const inferred = record.trail.filter((row) => row.inferredFrom !== null && row.address !== null);
    if (inferred.length === 0) continue;
    const known = new Map(old.trail.map((row) => [keyOf(row), row.address]));
    for (const row of inferred) {
      const oldAddress = known.get(keyOf(row));
      if (oldAddress === undefined || oldAddress === row.address) continue;
      if (row.inferredFrom === null || row.address === null) continue;
      for (const computer of computers.get(row.channel) ?? []) {
        amendments.push({
          computer,
          channel: row.channel,
          recordId: row.recordId,
          address: row.address,
          addressInferredFrom: inferredFromText(row.inferredFrom),
        });
      }
    }
  }
  return amendments;
}

/** The model's rows do not say which name the instance had; its marks, by `computer|channel`, do. */
function computersByChannel(model: InstanceModel): ReadonlyMap<string, readonly string[]> {
  const computers = new Map<string, string[]>();
  for (const key of model.marks.keys()) {
    const cut = key.indexOf('|');
    const channel = key.slice(cut + 1);
    computers.set(channel, [...(computers.get(channel) ?? []), key.slice(0, cut)]);
  }
  return computers;
}
