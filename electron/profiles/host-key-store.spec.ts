import { describe, expect, it } from 'vitest';
import type { HostKey } from '../../shared/instance';
import { createHostKeyStore, hostKeyMigrations } from './host-key-store';
import { createMemoryFiles } from './testing/memory-files';
import { sampleId } from './testing/sample-profile';

const key = (hop: HostKey['hop'], letter: string): HostKey => ({
  hop,
  host: '192.0.2.10',
  port: 22,
  algorithm: 'ssh-ed25519',
  fingerprint: `SHA256:${letter.repeat(43)}`,
});

const setUp = (files = createMemoryFiles()) => ({
  files,
  store: createHostKeyStore({ path: '/data/host-keys.json', files, now: () => 42, userName: 'anna' }),
});

describe('the host key store', () => {
  it('pins one key for each hop, with when and who, over a restart', async () => {
    const { store, files } = setUp();
    await store.start();
    await store.pin(sampleId(1), key('instance', 'a'));
    await store.pin(sampleId(1), key('jump0', 'b'));
    await store.pin(sampleId(1), key('instance', 'c'));
    const again = setUp(files).store;
    await again.start();
    expect(again.pinsOf(sampleId(1))).toEqual([
      { instanceId: sampleId(1), key: key('jump0', 'b'), acceptedAtMs: 42, acceptedBy: 'anna' },
      { instanceId: sampleId(1), key: key('instance', 'c'), acceptedAtMs: 42, acceptedBy: 'anna' },
    ]);
  });

  it('forgets one hop, or all of an instance, and leaves the others', async () => {
    const { store } = setUp();
    await store.start();
    for (const id of [1, 2]) {
      await store.pin(sampleId(id), key('instance', 'a'));
      await store.pin(sampleId(id), key('jump0', 'b'));
    }
    const told: (readonly string[])[] = [];
    store.onChange((ids) => told.push(ids));
    await store.forget([sampleId(1)], 'jump0');
    expect(store.pinsOf(sampleId(1)).map((pin) => pin.key.hop)).toEqual(['instance']);
    await store.forget([sampleId(1)]);
    expect(store.pinsOf(sampleId(1))).toEqual([]);
    expect(store.pinsOf(sampleId(2))).toHaveLength(2);
    expect(told).toEqual([[sampleId(1)], [sampleId(1)]]);
  });

  it('has one migration for every version before the present one', () => {
    expect(hostKeyMigrations).toEqual([]);
  });
});
