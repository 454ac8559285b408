import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EvidencePage, type EvidenceQuery, timelineSchema } from '../../shared/evidence-view';
import { type EvidenceStore, openEvidenceStore } from './evidence-store';
import {
  INSTANCE_A,
  INSTANCE_B,
  makeEvent,
  makeStored,
  must,
  range,
  T0,
  temporaryFolder,
} from './testing/make-records';

let folder: ReturnType<typeof temporaryFolder>;
let store: EvidenceStore;
const query = (changes: Partial<EvidenceQuery> = {}): EvidenceQuery => ({
  instanceId: INSTANCE_A,
  kinds: null,
  account: null,
  text: null,
  before: null,
  limit: 100,
  ...changes,
});
const ids = (changes: Partial<EvidenceQuery>): number[] =>
  must(store.queries.page(query(changes))).rows.map((row) => row.recordId);

beforeEach(() => {
  folder = temporaryFolder();
  store = must(openEvidenceStore(join(folder.path, 'evidence.db'), { now: () => T0 })).store;
});
afterEach(() => {
  store.close();
  folder.remove();
});

describe('page', () => {
  it('gives rows newest first with everything they hold', () => {
    const explanation = { key: 'lockout.wrongPassword', params: { code: '0xc000006a' } };
    must(
      store.appendBatch({ instanceId: INSTANCE_A, records: [makeStored(1, { explanation }), makeStored(2)] }),
    );
    const page = must(store.queries.page(query()));
    expect(page.more).toBe(false);
    expect(page.rows[1]).toEqual({
      id: 1,
      atMs: T0 + 1000,
      computer: 'WIN-TEST',
      channel: 'Security',
      recordId: 1,
      eventId: 4625,
      kind: 'failure',
      account: 'administrator',
      address: '203.0.113.41',
      addressInferredFrom: null,
      workstation: 'KIOSK-7',
      explanation,
      fields: makeEvent(1).data,
    });
  });

  it('walks through all rows once, also through rows of the same instant', () => {
    const time = makeEvent(1).time;
    must(
      store.appendBatch({
        instanceId: INSTANCE_A,
        records: range(1, 25).map((id) => makeStored(id, {}, id % 2 === 0 ? { time } : {})),
      }),
    );
    const seen: number[] = [];
    let before: EvidenceQuery['before'] = null;
    for (let more = true; more; ) {
      const page: EvidencePage = must(store.queries.page(query({ before, limit: 4 })));
      seen.push(...page.rows.map((row) => row.recordId));
      const last = page.rows.at(-1);
      before = last ? { atMs: last.atMs, id: last.id } : null;
      more = page.more;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it('filters by kind, account and text', () => {
    must(
      store.appendBatch({
        instanceId: INSTANCE_A,
        records: [
          makeStored(1),
          makeStored(2, { kind: 'lock', account: 'svc_50%' }),
          makeStored(3, { address: '198.51.100.7' }),
          makeStored(4, { account: null }, { data: { ProcessName: 'C:\\Tools\\x"y.exe' } }),
        ],
      }),
    );
    must(store.appendBatch({ instanceId: INSTANCE_B, records: [makeStored(9)] }));
    expect(ids({ kinds: ['lock', 'unlock'] })).toEqual([2]);
    expect(ids({ account: 'administrator' })).toEqual([3, 1]);
    expect(ids({ text: '198.51' })).toEqual([3]);
    expect(ids({ text: 'c:\\tools\\X"Y' })).toEqual([4]);
    expect(ids({ text: '50%' })).toEqual([2]);
    expect(ids({ text: '%' })).toEqual([2]);
    expect(ids({ text: 'kiosk_7' })).toEqual([]);
    expect(ids({ text: 'kiosk', kinds: ['failure'], account: 'administrator' })).toEqual([3, 1]);
    expect(ids({ text: '4625' })).toHaveLength(4);
  });
});

describe('timeline', () => {
  it('counts failures by bucket and shows locks, unlocks and gaps between the two times', () => {
    must(
      store.appendBatch({
        instanceId: INSTANCE_A,
        records: [
          ...range(1, 9).map((id) => makeStored(id)),
          makeStored(10, { kind: 'failureNotCounted' }),
          makeStored(11, { kind: 'lock' }),
          makeStored(12, { kind: 'unlock' }),
          makeStored(13, { kind: 'success' }),
          makeStored(40),
        ],
        gaps: [{ atMs: T0 + 5000, channel: 'Security', reason: 'logCleared' }],
      }),
    );
    expect(must(store.queries.timeline(INSTANCE_A, { fromMs: T0, toMs: T0 + 20_000 }, 4))).toEqual({
      fromMs: T0,
      toMs: T0 + 20_000,
      bucketMs: 5000,
      counted: [4, 5, 0, 0],
      notCounted: [0, 0, 1, 0],
      marks: [
        { atMs: T0 + 5000, kind: 'gap', account: null },
        { atMs: T0 + 11_000, kind: 'lock', account: 'administrator' },
        { atMs: T0 + 12_000, kind: 'unlock', account: 'administrator' },
      ],
    });
  });

  it('stores a gap once', () => {
    const gaps = [{ atMs: T0, channel: 'Security', reason: 'logCleared' }];
    for (let round = 0; round < 2; round++)
      must(store.appendBatch({ instanceId: INSTANCE_A, records: [], gaps }));
    expect(must(store.queries.timeline(INSTANCE_A, { fromMs: T0, toMs: T0 + 1 }, 1)).marks).toHaveLength(1);
  });

  it('shows one account alone, with the gaps that concern it too', () => {
    must(
      store.appendBatch({
        instanceId: INSTANCE_A,
        records: [
          makeStored(1),
          makeStored(2, { account: 'guest' }),
          makeStored(3, { account: 'guest', kind: 'lock' }),
          makeStored(4, { kind: 'lock' }),
          makeStored(5, { account: 'guest', kind: 'failureNotCounted' }),
          makeStored(6, { account: null }),
        ],
        gaps: [{ atMs: T0 + 500, channel: 'Security', reason: 'logCleared' }],
      }),
    );
    const span = { fromMs: T0, toMs: T0 + 10_000 };
    expect(must(store.queries.timeline(INSTANCE_A, span, 2, 'guest'))).toMatchObject({
      counted: [1, 0],
      notCounted: [0, 1],
      marks: [
        { atMs: T0 + 500, kind: 'gap', account: null },
        { atMs: T0 + 3000, kind: 'lock', account: 'guest' },
      ],
    });
    expect(must(store.queries.timeline(INSTANCE_A, span, 2, 'nobody'))).toMatchObject({
      counted: [0, 0],
      notCounted: [0, 0],
      marks: [{ kind: 'gap' }],
    });
  });

  it('has a bucket for every failure of the span, however it divides', () => {
    must(store.appendBatch({ instanceId: INSTANCE_A, records: range(0, 99).map((id) => makeStored(id)) }));
    fc.assert(
      fc.property(
        fc.double({ min: -2000, max: 101_000, noNaN: true }),
        fc.double({ min: 0.001, max: 200_000, noNaN: true }),
        fc.integer({ min: 1, max: 2000 }),
        (start, length, buckets) => {
          const asked = { fromMs: T0 + start, toMs: T0 + start + length };
          const shown = must(store.queries.timeline(INSTANCE_A, asked, buckets));
          const inside = range(0, 99).filter(
            (id) => T0 + id * 1000 >= shown.fromMs && T0 + id * 1000 < shown.toMs,
          ).length;
          expect(shown.counted).toHaveLength(buckets);
          expect(shown.counted.reduce((sum, failures) => sum + failures, 0)).toBe(inside);
          expect(shown.bucketMs * buckets).toBeGreaterThanOrEqual(shown.toMs - shown.fromMs);
        },
      ),
    );
  });

  it.each([
    ['nothing between', T0, T0, 0],
    ['backwards', T0 + 5000, T0, 0],
    ['all of time and more', -Number.MAX_VALUE, Number.MAX_VALUE, 3],
    ['before 1970', -9e15, -1, 0],
    ['after the last date', 9e15, 9.1e15, 0],
    ['fractions of a millisecond', T0 + 999.4, T0 + 1000.6, 1],
  ])('stays in bounds when asked for %s', (_name, fromMs, toMs, failures) => {
    must(store.appendBatch({ instanceId: INSTANCE_A, records: range(1, 3).map((id) => makeStored(id)) }));
    const shown = must(store.queries.timeline(INSTANCE_A, { fromMs, toMs }, 10));
    expect(timelineSchema.safeParse(shown).success).toBe(true);
    expect(shown.counted).toHaveLength(10);
    expect(shown.counted.reduce((sum, count) => sum + count, 0)).toBe(failures);
    expect(shown.toMs).toBeGreaterThanOrEqual(shown.fromMs);
  });
});

describe('sources', () => {
  it('adds up failures by address and workstation, most first', () => {
    const other = { address: '198.51.100.7', workstation: null };
    must(
      store.appendBatch({
        instanceId: INSTANCE_A,
        records: [
          makeStored(1, other),
          makeStored(2),
          makeStored(3, { kind: 'failureNotCounted', account: 'guest' }),
          makeStored(4, { addressInferredFrom: 'OpenSSH 4' }),
          makeStored(5, { ...other, addressInferredFrom: 'OpenSSH 4', address: '192.0.2.1' }),
          makeStored(6, { kind: 'success' }),
        ],
      }),
    );
    const kiosk = { address: '203.0.113.41', workstation: 'KIOSK-7', inferred: false };
    expect(must(store.queries.sources(INSTANCE_A, 0))).toEqual([
      { ...kiosk, failures: 3, accounts: ['administrator', 'guest'], firstMs: T0 + 2000, lastMs: T0 + 4000 },
      {
        ...other,
        address: '192.0.2.1',
        inferred: true,
        failures: 1,
        accounts: ['administrator'],
        firstMs: T0 + 5000,
        lastMs: T0 + 5000,
      },
      {
        ...other,
        inferred: false,
        failures: 1,
        accounts: ['administrator'],
        firstMs: T0 + 1000,
        lastMs: T0 + 1000,
      },
    ]);
    expect(must(store.queries.sources(INSTANCE_A, T0 + 3000, 'guest'))).toEqual([
      { ...kiosk, failures: 1, accounts: ['guest'], firstMs: T0 + 3000, lastMs: T0 + 3000 },
    ]);
  });
});
