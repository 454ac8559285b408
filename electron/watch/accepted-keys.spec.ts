import { describe, expect, it } from 'vitest';
import type { HostKey } from '../../shared/instance';
import { createHostKeyStore } from '../profiles/host-key-store';
import { createMemoryFiles } from '../profiles/testing/memory-files';
import { sampleFields, sampleId, sampleProfile } from '../profiles/testing/sample-profile';
import { AcceptedKeys } from './accepted-keys';

const key = (host: string, letter: string, hop: HostKey['hop'] = 'instance'): HostKey => ({
  hop,
  host,
  port: 22,
  algorithm: 'ssh-ed25519',
  fingerprint: `SHA256:${letter.repeat(43)}`,
});

async function setUp() {
  const store = createHostKeyStore({
    path: '/data/host-keys.json',
    files: createMemoryFiles(),
    now: () => 1,
    userName: 'anna',
  });
  await store.start();
  return { store, accepted: new AcceptedKeys(store) };
}

describe('host keys accepted in a draft', () => {
  it('serve the draft, and are pinned when a profile for that host is saved', async () => {
    const { store, accepted } = await setUp();
    accepted.keep(key('192.0.2.10', 'a'));
    expect(accepted.pinsFor(sampleFields(), [])).toEqual([key('192.0.2.10', 'a')]);
    expect(store.pinsOf(sampleId(1))).toEqual([]);
    await accepted.adopt([sampleProfile(1)]);
    expect(store.pinsOf(sampleId(1)).map((pin) => pin.key)).toEqual([key('192.0.2.10', 'a')]);
    expect(accepted.pinsFor(sampleFields(), [])).toEqual([]);
  });

  it('say nothing about another host or port', async () => {
    const { store, accepted } = await setUp();
    accepted.keep(key('192.0.2.99', 'a'));
    const pinned = key('192.0.2.10', 'b');
    expect(accepted.pinsFor(sampleFields(), [pinned])).toEqual([pinned]);
    await accepted.adopt([sampleProfile(1)]);
    expect(store.pinsOf(sampleId(1))).toEqual([]);
  });

  it('outrank the old pin of a host whose key has changed', async () => {
    const { accepted } = await setUp();
    accepted.keep(key('192.0.2.10', 'new'.charAt(0)));
    expect(accepted.pinsFor(sampleFields(), [key('192.0.2.10', 'o')])).toEqual([key('192.0.2.10', 'n')]);
  });
});
