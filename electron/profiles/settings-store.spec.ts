import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../shared/settings';
import { createSettingsStore, settingsMigrations } from './settings-store';
import { createMemoryFiles } from './testing/memory-files';

const path = '/data/settings.json';
const setUp = (files = createMemoryFiles()) => ({
  files,
  store: createSettingsStore({ path, files, now: () => 0 }),
});

describe('the settings store', () => {
  it('begins with the defaults', async () => {
    const { store } = setUp();
    expect(await store.start()).toEqual([]);
    expect(store.get()).toEqual(defaultSettings);
  });

  it('changes what is named, tells it, and keeps it over a restart', async () => {
    const { store, files } = setUp();
    await store.start();
    const told: string[] = [];
    store.onChange((settings) => told.push(settings.theme));
    await store.save({ theme: 'dark', language: undefined });
    expect(told).toEqual(['dark']);
    const again = setUp(files).store;
    await again.start();
    expect(again.get()).toEqual({ ...defaultSettings, theme: 'dark' });
  });

  it('refuses a value out of range and keeps the old one', async () => {
    const { store } = setUp();
    await store.start();
    expect(await store.save({ staleAfterSeconds: 1 })).toMatchObject({
      error: { code: 'app.invalidArgument' },
    });
    expect(store.get()).toEqual(defaultSettings);
  });

  it.each([
    'http://example.org/ip',
    'https://anna:canary-7391@example.org/ip',
    'file:///etc/passwd',
    'example.org',
  ])('keeps no %s as a service that tells an address', async (ownAddressService) => {
    const { store, files } = setUp();
    await store.start();
    expect(await store.save({ ownAddressService })).toMatchObject({ error: { code: 'app.invalidArgument' } });
    expect(JSON.stringify([...files.contents])).not.toContain('canary');
    expect(await store.save({ ownAddressService: 'https://example.org/ip' })).toMatchObject({ ok: true });
    expect(await store.save({ ownAddressService: '' })).toMatchObject({ ok: true });
  });

  it('gives a setting that an older file lacks its default', async () => {
    const files = createMemoryFiles({ [path]: JSON.stringify({ version: 1, theme: 'light' }) });
    const { store } = setUp(files);
    expect(await store.start()).toEqual([]);
    expect(store.get()).toEqual({ ...defaultSettings, theme: 'light' });
  });

  it('keeps a broken file aside', async () => {
    const files = createMemoryFiles({ [path]: '{"version":1,"theme":"pink"}' });
    const { store } = setUp(files);
    expect(await store.start()).toMatchObject([{ message: { key: 'notice.file.corrupt' } }]);
    expect(store.get()).toEqual(defaultSettings);
  });

  it('has one migration for every version before the present one', () => {
    expect(settingsMigrations).toEqual([]);
  });
});
