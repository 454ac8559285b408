import { describe, expect, it } from 'vitest';
import { appError } from '../../shared/errors';
import { err, ok } from '../../shared/result';
import { createFakeClock, settle } from '../watch/testing/fake-clock';
import { profileFormat, profileMigrations } from './profile-document';
import { UNDO_MS } from './profile-file';
import { createProfileStore } from './profile-store';
import { createMemoryFiles, type MemoryFiles } from './testing/memory-files';
import { sampleFields, sampleId } from './testing/sample-profile';

function setUp(files: MemoryFiles = createMemoryFiles(), clock = createFakeClock(), firstId = 1) {
  let id = firstId;
  const forgotten: string[][] = [];
  const state = { forgetFails: false };
  const store = createProfileStore({
    path: '/data/profiles.json',
    files,
    clock,
    newId: () => sampleId(id++),
    async forget(ids) {
      if (state.forgetFails) return err(appError('store.unavailable'));
      forgotten.push([...ids]);
      return ok(null);
    },
  });
  return { store, files, clock, forgotten, state };
}

async function withOne() {
  const all = setUp();
  await all.store.start();
  const added = await all.store.add(sampleFields());
  if (!added.ok) throw new Error('not added');
  return { ...all, id: added.value.profile.id };
}

describe('the profile store', () => {
  it('adds, updates and survives a restart', async () => {
    const { store, files, id } = await withOne();
    await store.update(id, sampleFields({ name: 'web-1b', rdpPort: 3390 }));
    const again = setUp(files);
    expect(await again.store.start()).toEqual([]);
    expect(again.store.list()).toMatchObject([{ id, name: 'web-1b', rdpPort: 3390 }]);
  });

  it('refuses what is not a profile', async () => {
    const { store, id } = await withOne();
    const bad = sampleFields({ rdpPort: 70_000 });
    expect(await store.add(bad)).toMatchObject({ ok: false, error: { code: 'app.invalidArgument' } });
    expect(await store.update(id, bad)).toMatchObject({ ok: false });
    expect(await store.update(sampleId(99), sampleFields())).toMatchObject({
      error: { code: 'app.notFound' },
    });
    expect(store.list()).toHaveLength(1);
  });

  it('allows a name twice and says so', async () => {
    const { store } = await withOne();
    expect(await store.add(sampleFields({ name: 'WEB-1' }))).toMatchObject({
      ok: true,
      value: { warnings: [{ key: 'notice.profile.sameName', params: { name: 'WEB-1', count: 1 } }] },
    });
  });

  it('duplicates under a free name', async () => {
    const { store, id } = await withOne();
    await store.duplicate(id);
    const second = await store.duplicate(id);
    expect(second.ok && second.value.profile.name).toBe('web-1 (3)');
    expect(second.ok && second.value.profile.id).not.toBe(id);
  });

  it('tells every change once', async () => {
    const { store, id } = await withOne();
    const lengths: number[] = [];
    store.onChange((profiles) => lengths.push(profiles.length));
    const deleted = await store.delete([id]);
    await store.undoDelete(deleted.ok ? deleted.value.undoToken : '');
    await store.undoDelete('another');
    expect(lengths).toEqual([0, 1]);
  });

  it('brings a deleted profile back until the time to undo has passed', async () => {
    const { store, clock, forgotten, id } = await withOne();
    const deleted = await store.delete([id]);
    if (!deleted.ok) throw new Error('not deleted');
    await clock.advance(UNDO_MS - 1);
    expect(await store.undoDelete(deleted.value.undoToken)).toMatchObject({ ok: true, value: [{ id }] });
    expect(store.get(id)?.name).toBe('web-1');
    await clock.advance(UNDO_MS);
    expect(forgotten).toEqual([]);
  });

  it('forgets a deleted profile when the time to undo has passed', async () => {
    const { store, clock, files, forgotten, id } = await withOne();
    const deleted = await store.delete([id]);
    await clock.advance(UNDO_MS);
    expect(forgotten).toEqual([[id]]);
    expect(await store.undoDelete(deleted.ok ? deleted.value.undoToken : '')).toMatchObject({ ok: false });
    expect(files.contents.get('/data/profiles.json')).not.toContain(id);
  });

  it('keeps the time to undo over a restart, and forgets at the start what lapsed meanwhile', async () => {
    const { store, clock, files, id } = await withOne();
    const deleted = await store.delete([id]);
    await store.dispose();
    clock.jump(UNDO_MS / 2);
    const second = setUp(files, clock, 50);
    await second.store.start();
    await settle();
    expect(second.forgotten).toEqual([]);
    expect(await second.store.undoDelete(deleted.ok ? deleted.value.undoToken : '')).toMatchObject({
      ok: true,
    });
    await second.store.delete([id]);
    await second.store.dispose();
    clock.jump(UNDO_MS);
    const third = setUp(files, clock, 60);
    await third.store.start();
    await clock.advance(0);
    expect(third.forgotten).toEqual([[id]]);
  });

  it('forgets again when forgetting failed', async () => {
    const { store, clock, forgotten, state, id } = await withOne();
    await store.delete([id]);
    state.forgetFails = true;
    await clock.advance(UNDO_MS);
    expect(forgotten).toEqual([]);
    state.forgetFails = false;
    await clock.advance(60_000);
    expect(forgotten).toEqual([[id]]);
    expect(clock.nextDue()).toBeUndefined();
  });
});

describe('the history of profiles.json', () => {
  it('has one migration for every version before the present one', () => {
    const expected = Array.from({ length: profileFormat.version - 1 }, (_, index) => index + 1);
    expect(profileMigrations.map((migration) => migration.from)).toEqual(expected);
  });
});
