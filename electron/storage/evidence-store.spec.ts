import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EvidenceStore, openEvidenceStore } from './evidence-store';
import { openDatabase } from './open-database';
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
import { canMakeSmallDisk, smallDisk } from './testing/small-disk';

let folder: ReturnType<typeof temporaryFolder>;
let store: EvidenceStore;
const now = (): number => T0 + 3_600_000;
const open = (): EvidenceStore => must(openEvidenceStore(join(folder.path, 'evidence.db'), { now })).store;
const bookmark = (recordId: number) => ({
  computer: 'WIN-TEST',
  channel: 'Security',
  recordId,
  time: makeEvent(recordId).time,
});

beforeEach(() => {
  folder = temporaryFolder();
  store = open();
});
afterEach(() => {
  store.close();
  folder.remove();
});

describe('EvidenceStore', () => {
  it('stores a batch whole and gives it back exactly after opening again', () => {
    const records = [
      makeStored(1),
      makeStored(2, {}, { data: { '#0': 'ä"\\', __proto__x: '' }, provider: 'Other' }),
      makeStored(3, {}, { data: {}, keywords: 0xffffffffffffffffn, time: makeEvent(3).time + 7n }),
    ];
    expect(
      must(
        store.appendBatch({
          instanceId: INSTANCE_A,
          records,
          bookmarks: [bookmark(3)],
          modelText: '{"m":1}',
        }),
      ),
    ).toEqual({ stored: 3, duplicates: 0 });
    store.close();
    store = open();
    expect(must(store.records(INSTANCE_A, 0)).records).toEqual(records.map(({ record }) => record));
    expect(must(store.bookmarks(INSTANCE_A))).toEqual([bookmark(3)]);
    expect(must(store.model(INSTANCE_A))).toEqual({ text: '{"m":1}', savedMs: now() });
    expect(must(store.queries.count(INSTANCE_A))).toEqual({ rows: 3, broken: 0 });
    expect(must(store.bookmarks(INSTANCE_B))).toEqual([]);
    expect(must(store.model(INSTANCE_B))).toBeNull();
  });

  it('ignores duplicates, but not another record under the id of a log that was rebuilt', () => {
    const first = { instanceId: INSTANCE_A, records: range(1, 5).map((id) => makeStored(id)) };
    must(store.appendBatch(first));
    expect(must(store.appendBatch({ ...first, records: range(4, 7).map((id) => makeStored(id)) }))).toEqual({
      stored: 2,
      duplicates: 2,
    });
    const rebuilt = makeStored(1, {}, { time: makeEvent(100).time });
    expect(must(store.appendBatch({ ...first, records: [rebuilt] })).stored).toBe(1);
    expect(must(store.appendBatch({ ...first, instanceId: INSTANCE_B })).stored).toBe(5);
    expect(must(store.queries.count(INSTANCE_A)).rows).toBe(8);
  });

  it('gives the records that the saved model does not hold yet', () => {
    must(store.appendBatch({ instanceId: INSTANCE_A, records: [makeStored(1)], modelText: 'one' }));
    must(store.appendBatch({ instanceId: INSTANCE_B, records: [makeStored(9)] }));
    must(store.appendBatch({ instanceId: INSTANCE_A, records: [makeStored(2), makeStored(3)] }));
    const page = must(store.records(INSTANCE_A, null, 1));
    expect(page.records.map((record) => record.recordId)).toEqual([2]);
    expect(must(store.records(INSTANCE_A, page.lastId)).records.map((record) => record.recordId)).toEqual([
      3,
    ]);
    expect(must(store.records(INSTANCE_B, null)).records).toHaveLength(1);
  });

  it('gives an inferred address to a record, and lets no inference replace a written one', () => {
    const change = {
      computer: 'WIN-TEST',
      channel: 'Security',
      address: '198.51.100.9',
      addressInferredFrom: 'RdpCoreTS 140',
    };
    must(
      store.appendBatch({
        instanceId: INSTANCE_A,
        records: [makeStored(1, { address: null }), makeStored(2)],
      }),
    );
    const amendments = [1, 2].map((recordId) => ({ ...change, recordId }));
    must(store.appendBatch({ instanceId: INSTANCE_A, records: [], amendments }));
    const all = { instanceId: INSTANCE_A, kinds: null, account: null, text: null, before: null, limit: 10 };
    expect(must(store.queries.page(all)).rows.map((row) => [row.address, row.addressInferredFrom])).toEqual([
      ['203.0.113.41', null],
      ['198.51.100.9', 'RdpCoreTS 140'],
    ]);
  });

  it('counts all broken records and keeps the newest hundred', () => {
    const broken = range(1, 150).map((n) => ({
      channel: 'Security',
      reason: 'cut off',
      excerpt: `<Event ${n}`,
    }));
    must(store.appendBatch({ instanceId: INSTANCE_A, records: [], broken, brokenCount: 400 }));
    must(store.appendBatch({ instanceId: INSTANCE_A, records: [], broken: broken.slice(0, 1) }));
    const kept = must(store.queries.broken(INSTANCE_A));
    expect(kept).toHaveLength(100);
    expect(kept[0]).toEqual({ atMs: now(), channel: 'Security', reason: 'cut off', excerpt: '<Event 1' });
    expect(must(store.queries.count(INSTANCE_A)).broken).toBe(401);
  });

  it('removes an instance in steps and leaves the others', () => {
    for (const instanceId of [INSTANCE_A, INSTANCE_B]) {
      const records = range(1, 25).map((id) => makeStored(id));
      must(store.appendBatch({ instanceId, records, bookmarks: [bookmark(25)], modelText: 'm' }));
    }
    expect(must(store.removeInstance(INSTANCE_A, 10))).toBe(false);
    expect(must(store.bookmarks(INSTANCE_A))).toEqual([]);
    expect(must(store.model(INSTANCE_A))).toBeNull();
    expect(must(store.removeInstance(INSTANCE_A, 10))).toBe(false);
    expect(must(store.removeInstance(INSTANCE_A, 10))).toBe(true);
    expect(must(store.removeInstance(INSTANCE_A, 10))).toBe(true);
    expect(must(store.queries.count(INSTANCE_A)).rows).toBe(0);
    expect(must(store.records(INSTANCE_B, 0)).records).toHaveLength(25);
    expect(must(store.appendBatch({ instanceId: INSTANCE_A, records: [makeStored(1)] })).stored).toBe(1);
  });

  it('keeps small values', () => {
    expect(must(store.get('a'))).toBeNull();
    must(store.set('a', '1'));
    must(store.set('a', '2'));
    expect(must(store.get('a'))).toBe('2');
  });

  it('says that it is closed', () => {
    store.close();
    expect(store.appendBatch({ instanceId: INSTANCE_A, records: [] })).toMatchObject({
      error: { code: 'store.unavailable' },
    });
    expect(store.bookmarks(INSTANCE_A)).toMatchObject({ error: { code: 'store.unavailable' } });
  });
});

describe('EvidenceStore on a full disk', () => {
  it('stores nothing of the batch, keeps the bookmark where it was, and takes the batch later', () => {
    store.close();
    const path = join(folder.path, 'small.db');
    const { database } = must(openDatabase(path, { now }));
    const small = new EvidenceStore(database, path, now);
    must(
      small.appendBatch({
        instanceId: INSTANCE_A,
        records: [makeStored(1)],
        bookmarks: [bookmark(1)],
        modelText: 'one',
      }),
    );
    const pages: { page_count: number } = database.prepare('PRAGMA page_count').get();
    database.exec(`PRAGMA max_page_count = ${pages.page_count + 4}`);
    const large = {
      instanceId: INSTANCE_A,
      records: range(2, 400).map((id) =>
        makeStored(id, {}, { data: { [`Field${id % 3}`]: 'x'.repeat(200) } }),
      ),
      bookmarks: [bookmark(400)],
      modelText: 'four hundred',
    };
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(small.appendBatch(large)).toMatchObject({
        ok: false,
        error: { code: 'file.diskFull', retryable: true },
      });
      expect(must(small.bookmarks(INSTANCE_A))).toEqual([bookmark(1)]);
      expect(must(small.model(INSTANCE_A))?.text).toBe('one');
      expect(must(small.queries.count(INSTANCE_A)).rows).toBe(1);
    }
    database.exec('PRAGMA max_page_count = 100000');
    expect(must(small.appendBatch(large))).toEqual({ stored: 399, duplicates: 0 });
    expect(must(small.bookmarks(INSTANCE_A))).toEqual([bookmark(400)]);
    expect(must(small.records(INSTANCE_A, 0)).records.slice(1)).toEqual(
      large.records.map(({ record }) => record),
    );
    small.close();
  });

  it.runIf(canMakeSmallDisk)('does the same on a real disk without room', () => {
    const disk = smallDisk(1024);
    try {
      const { store: small } = must(openEvidenceStore(join(disk.path, 'evidence.db'), { now }));
      const ballast = join(disk.path, 'ballast');
      must(small.appendBatch({ instanceId: INSTANCE_A, records: [makeStored(1)], bookmarks: [bookmark(1)] }));
      const room = statfsSync(disk.path);
      writeFileSync(ballast, Buffer.alloc((room.bavail - 10) * room.bsize));
      const large = {
        instanceId: INSTANCE_A,
        records: range(2, 600).map((id) => makeStored(id)),
        bookmarks: [bookmark(600)],
      };
      for (let attempt = 0; attempt < 3; attempt++) {
        expect(small.appendBatch(large)).toMatchObject({ ok: false, error: { code: 'file.diskFull' } });
      }
      expect(must(small.bookmarks(INSTANCE_A))).toEqual([bookmark(1)]);
      expect(must(small.records(INSTANCE_A, 0)).records).toEqual([makeEvent(1)]);
      rmSync(ballast);
      expect(must(small.appendBatch(large))).toEqual({ stored: 599, duplicates: 0 });
      expect(must(small.bookmarks(INSTANCE_A))).toEqual([bookmark(600)]);
      small.close();
    } finally {
      disk.remove();
    }
  });
});
