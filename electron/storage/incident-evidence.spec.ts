import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentEvidenceQuery } from '../../shared/incident';
import { filetimeFromMs } from '../../shared/time';
import { type EvidenceStore, openEvidenceStore } from './evidence-store';
import type { StoredRecord } from './evidence-types';
import { INSTANCE_A, INSTANCE_B, makeStored, must, T0, temporaryFolder } from './testing/make-records';

let folder: ReturnType<typeof temporaryFolder>;
let store: EvidenceStore;
let recordId = 0;

beforeEach(() => {
  folder = temporaryFolder();
  store = must(openEvidenceStore(`${folder.path}/evidence.db`, { now: () => T0 })).store;
});
afterEach(() => {
  store.close();
  folder.remove();
});

const at = (ms: number, change: Partial<StoredRecord> = {}): StoredRecord => {
  recordId += 1;
  return makeStored(recordId, change, { time: filetimeFromMs(T0 + ms) });
};
const put = (records: readonly StoredRecord[], instanceId = INSTANCE_A): void => {
  must(store.appendBatch({ instanceId, records }));
};
const ask = (change: Partial<IncidentEvidenceQuery> = {}) =>
  must(
    store.queries.incident({
      id: INSTANCE_A,
      fromMs: T0,
      toMs: T0 + 10_000,
      buckets: 10,
      accounts: null,
      except: [],
      ...change,
    }),
  );

describe('an incident’s failures', () => {
  beforeEach(() => {
    put([
      at(1000),
      at(1000, { address: '203.0.113.9' }),
      at(2000, { kind: 'failureNotCounted', account: 'svc-backup', address: '10.0.0.8' }),
      at(3000, { kind: 'lock' }),
      at(4000, { account: null, address: null, addressInferredFrom: null }),
      at(5000, { kind: 'unlock', account: 'svc-backup' }),
      at(9000, { kind: 'success' }),
      at(10_000),
      at(10_001),
    ]);
    put([at(1000)], INSTANCE_B);
  });

  it('of an attack are all but those of other incidents', () => {
    expect(ask()).toMatchObject({ failures: 5, addresses: 3, firstMs: T0 + 1000 });
    const without = ask({ except: ['svc-backup'] });
    expect(without).toMatchObject({ failures: 4, addresses: 2 });
    expect(without.marks).toEqual([{ atMs: T0 + 3000, kind: 'lock', account: 'administrator' }]);
  });

  it('of an account are its own', () => {
    const own = ask({ accounts: ['svc-backup', 'nobody'] });
    expect(own).toMatchObject({ failures: 1, addresses: 1, firstMs: T0 + 2000 });
    expect(own.sources).toMatchObject([{ address: '10.0.0.8', failures: 1, accounts: ['svc-backup'] }]);
    expect(own.marks).toEqual([{ atMs: T0 + 5000, kind: 'unlock', account: 'svc-backup' }]);
  });

  it('are all in the buckets, which begin with the first and end with the last', () => {
    const { counted, notCounted, fromMs, toMs, bucketMs, failures } = ask();
    expect(fromMs).toBe(T0 + 1000);
    expect(toMs).toBe(T0 + 10_001);
    expect(fromMs + bucketMs * counted.length).toBeGreaterThanOrEqual(toMs);
    const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
    expect(sum(counted) + sum(notCounted)).toBe(failures);
    expect(sum(notCounted)).toBe(1);
    expect(counted[0]).toBe(2);
    expect(counted.at(-1)).toBe(1);
  });

  it('may be none', () => {
    expect(ask({ accounts: ['nobody'] })).toMatchObject({
      failures: 0,
      addresses: 0,
      sources: [],
      marks: [],
    });
    expect(ask({ accounts: [] })).toMatchObject({ failures: 0 });
    expect(ask({ id: '00000000-0000-4000-8000-000000000009' })).toMatchObject({ failures: 0 });
  });
});
