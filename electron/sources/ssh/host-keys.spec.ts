import { describe, expect, it } from 'vitest';
import { hostKeyAlgorithms, keyTypeOf } from './host-key-algorithms';
import { decideHostKey, describeHostKey, fingerprintOf } from './host-keys';
import { parseKnownHosts } from './known-hosts';
import { newKeyPair } from './testing/keys';
import type { PresentedHostKey } from './types';

const blobOf = (publicKey: string) => Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
const present = (keyBlob: Uint8Array, change: Partial<PresentedHostKey> = {}): PresentedHostKey => ({
  hop: 'instance',
  host: 'web01',
  port: 22,
  keyType: keyTypeOf(keyBlob),
  keyBlob,
  ...change,
});
const key = newKeyPair().public;
const presented = present(blobOf(key));
const stranger = present(blobOf(newKeyPair().public));
const none = parseKnownHosts('');
const decide = (pinned: PresentedHostKey | null, knownHosts = none, one = presented) =>
  decideHostKey({
    instanceId: null,
    presented: one,
    pinned: pinned ? describeHostKey(pinned) : null,
    knownHosts,
  });

describe('decideHostKey', () => {
  it('accepts the pinned key and nothing else', () => {
    expect(decide(presented)).toBe('accept');
    const known = parseKnownHosts(`web01 ${key}`);
    const verdict = decide(null, known);
    expect(verdict).toMatchObject({
      error: { code: 'ssh.hostKeyUnknown', params: { host: 'web01', port: 22 } },
      question: { key: describeHostKey(presented), pinned: null, knownHosts: 'matches' },
    });
  });

  it('stops at a changed key, whatever known_hosts says', () => {
    const known = parseKnownHosts(`web01 ${key}`);
    expect(decide(stranger, known)).toMatchObject({
      error: {
        code: 'ssh.hostKeyChanged',
        retryable: false,
        params: { pinned: describeHostKey(stranger).fingerprint },
      },
      question: { pinned: describeHostKey(stranger), knownHosts: 'matches' },
    });
  });

  it('refuses a revoked key even when it is pinned, with no question', () => {
    expect(decide(presented, parseKnownHosts(`@revoked * ${key}`))).toMatchObject({
      error: { code: 'ssh.hostKeyRevoked' },
      question: null,
    });
  });

  it('does not take a key that was pinned for another address', () => {
    for (const change of [{ host: 'web02' }, { port: 2222 }]) {
      const elsewhere = present(presented.keyBlob, change);
      expect(decide(elsewhere)).toMatchObject({
        error: { code: 'ssh.hostKeyUnknown' },
        question: { pinned: null },
      });
    }
    expect(decide(present(presented.keyBlob, { host: 'WEB01' }))).toBe('accept');
  });
});

describe('keys', () => {
  it('has OpenSSH\u2019s form of fingerprint', () => {
    expect(fingerprintOf(Buffer.from('abc'))).toBe('SHA256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0');
  });

  it('reads the type out of a key, and nothing out of garbage', () => {
    expect(keyTypeOf(presented.keyBlob)).toBe('ssh-ed25519');
    expect(keyTypeOf(Buffer.alloc(0))).toBe('');
    expect(keyTypeOf(Buffer.from([0, 0, 0, 9, 97]))).toBe('');
    expect(keyTypeOf(Buffer.alloc(80, 255))).toBe('');
  });

  it('asks for the preferred type first and never for SHA-1', () => {
    expect(hostKeyAlgorithms(['ssh-rsa', 'ssh-dss', 'constructor'])).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
    ]);
    expect(hostKeyAlgorithms([])[0]).toBe('ssh-ed25519');
  });
});
