import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EvidenceStore, openEvidenceStore } from './evidence-store';
import { INSTANCE_A, INSTANCE_B, makeStored, must, T0, temporaryFolder } from './testing/make-records';

let folder: ReturnType<typeof temporaryFolder>;
let store: EvidenceStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = must(openEvidenceStore(join(folder.path, 'evidence.db'), { now: () => T0 })).store;
});
afterEach(() => {
  store.close();
  folder.remove();
});

const why = (name: string) => ({ key: `evidence.why.${name}`, params: {} });
const whole = { instanceId: INSTANCE_A, fromMs: T0, toMs: T0 + 3_600_000 };
const START = { atMs: -1, id: -1 };

it('gives failures, refusals, right passwords and unlocks of accounts that exist, oldest first, page by page', () => {
  const records = [
    makeStored(1, { kind: 'failure', explanation: why('wrongPassword') }),
    makeStored(2, { kind: 'failureNotCounted', explanation: why('lockedOut') }),
    makeStored(3, { kind: 'failureNotCounted', explanation: why('noSuchUser') }),
    makeStored(4, { kind: 'success' }),
    makeStored(5, { kind: 'lock' }),
    makeStored(6, { kind: 'unlock' }),
    makeStored(7, { kind: 'hint' }),
    makeStored(8, { kind: 'failure', account: null }),
  ];
  must(store.appendBatch({ instanceId: INSTANCE_A, records }));
  must(store.appendBatch({ instanceId: INSTANCE_B, records: [makeStored(9)] }));
  const first = must(store.queries.attempts(whole, START, 2));
  expect(first.map(({ what }) => what)).toEqual(['wrong', 'refused']);
  const last = first[1];
  if (!last) throw new Error('The first page is short');
  const second = must(store.queries.attempts(whole, last, 10));
  expect(second.map(({ what, atMs }) => [what, atMs])).toEqual([
    ['right', T0 + 4000],
    ['unlocked', T0 + 6000],
  ]);
  expect(must(store.queries.attempts({ ...whole, toMs: T0 + 4000 }, START, 10))).toHaveLength(2);
});

it('surveys each address: names tried, failures of every kind, right passwords', () => {
  const from = (
    id: number,
    address: string | null,
    account: string,
    kind: 'failure' | 'success' | 'failureNotCounted',
  ) => makeStored(id, { address, account, kind });
  const records = [
    from(1, '203.0.113.9', 'administrator', 'failure'),
    from(2, '203.0.113.9', 'guest', 'failureNotCounted'),
    from(3, '203.0.113.9', 'guest', 'failureNotCounted'),
    from(4, '10.0.0.5', 'anna', 'success'),
    from(5, null, 'anna', 'failure'),
  ];
  must(store.appendBatch({ instanceId: INSTANCE_A, records }));
  const survey = must(store.queries.addressSurvey(whole));
  expect(survey).toHaveLength(3);
  expect(survey).toContainEqual({ address: '203.0.113.9', names: 2, failures: 3, successes: 0 });
  expect(survey).toContainEqual({ address: '10.0.0.5', names: 1, failures: 0, successes: 1 });
  expect(survey).toContainEqual({ address: null, names: 1, failures: 1, successes: 0 });
});
