import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../profiles/testing/memory-files';
import { sampleId } from '../../profiles/testing/sample-profile';
import { certificateMigrations, createCertificateStore } from './certificate-store';

const setUp = (files = createMemoryFiles()) => ({
  files,
  store: createCertificateStore({ path: '/data/rdp-certificates.json', files, now: () => 42 }),
});
const known = (number: number, via: 'here' | 'tunnel', fingerprint: string) => ({
  instanceId: sampleId(number),
  via,
  fingerprint,
  sinceMs: 7,
  acceptedBy: null,
});

describe('the certificates that were seen', () => {
  it('are kept by instance and way, over a restart', async () => {
    const { store, files } = setUp();
    await store.start();
    for (const one of [known(1, 'here', 'A'), known(1, 'tunnel', 'B'), known(1, 'here', 'C')]) {
      expect(await store.remember(one)).toMatchObject({ ok: true });
    }
    const again = setUp(files).store;
    expect(await again.start()).toEqual([]);
    expect(again.of(sampleId(1), 'here')).toEqual(known(1, 'here', 'C'));
    expect(again.of(sampleId(1), 'tunnel')?.fingerprint).toBe('B');
    expect(again.of(sampleId(2), 'here')).toBeNull();
  });

  it('are forgotten with their instance', async () => {
    const { store } = setUp();
    await store.start();
    await store.remember(known(1, 'here', 'A'));
    await store.remember(known(2, 'here', 'B'));
    await store.forget([sampleId(1)]);
    expect(store.of(sampleId(1), 'here')).toBeNull();
    expect(store.of(sampleId(2), 'here')?.fingerprint).toBe('B');
  });

  it('have one migration for every version before the present one', () => {
    expect(certificateMigrations).toEqual([]);
  });
});
