import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EvidenceStore } from './evidence-store';
import { openDatabase } from './open-database';
import { type RetentionLimits, usedBytes } from './retention';
import { INSTANCE_A, INSTANCE_B, makeStored, must, range, T0, temporaryFolder } from './testing/make-records';

const NONE: RetentionLimits = { maxAgeMs: 1e12, maxBytes: 1e12, maxRows: 1e9 };
let folder: ReturnType<typeof temporaryFolder>;
let store: EvidenceStore;
let used: () => number;

beforeEach(() => {
  folder = temporaryFolder();
  const path = join(folder.path, 'evidence.db');
  const now = (): number => T0 + 2_000_000;
  const { database } = must(openDatabase(path, { now }));
  store = new EvidenceStore(database, path, now);
  used = () => usedBytes(database);
  must(store.appendBatch({ instanceId: INSTANCE_A, records: range(1, 1000).map((id) => makeStored(id)) }));
  must(store.appendBatch({ instanceId: INSTANCE_B, records: range(1, 100).map((id) => makeStored(id)) }));
});
afterEach(() => {
  store.close();
  folder.remove();
});

function run(limits: Partial<RetentionLimits>, stepRows = 150): number[] {
  const steps: number[] = [];
  for (let done = false; !done; ) {
    const step = must(store.retention({ ...NONE, ...limits }, stepRows));
    done = step.done;
    steps.push(step.deleted);
  }
  return steps;
}

describe('retention', () => {
  it('deletes nothing within the limits', () => {
    expect(run({})).toEqual([0]);
  });

  it('deletes what is too old, in small steps', () => {
    expect(run({ maxAgeMs: 2_000_000 - 500_500 })).toEqual([150, 150, 150, 150, 0]);
    expect(must(store.records(INSTANCE_A, 0)).records[0]?.recordId).toBe(501);
    expect(must(store.queries.count(INSTANCE_A)).rows).toBe(500);
    expect(must(store.queries.count(INSTANCE_B)).rows).toBe(0);
  });

  it('above the number, takes the oldest rows of the instance that has the most', () => {
    run({ maxRows: 300 });
    expect(must(store.queries.count(INSTANCE_A)).rows).toBe(200);
    expect(must(store.records(INSTANCE_A, 0)).records[0]?.recordId).toBe(801);
    expect(must(store.queries.count(INSTANCE_B)).rows).toBe(100);
  });

  it('above the size, deletes until it fits and gives the room back', () => {
    const before = used();
    run({ maxBytes: before / 2 });
    expect(used()).toBeLessThanOrEqual(before / 2);
    expect(must(store.queries.count(INSTANCE_B)).rows).toBe(100);
  });

  it('ends when nothing is left to delete', () => {
    run({ maxBytes: 1 });
    expect(must(store.queries.count(INSTANCE_A)).rows + must(store.queries.count(INSTANCE_B)).rows).toBe(0);
  });
});
