import ssh2 from 'ssh2';

export interface TestKeyPair {
  readonly private: string;
  /** As in `authorized_keys`: type and base64. */
  readonly public: string;
}

/** A new key pair. About one in 200 that ssh2 makes for ed25519 is malformed, so it is made again until it is not. */
export function newKeyPair(type: 'ed25519' | 'ecdsa' = 'ed25519'): TestKeyPair {
  for (;;) {
    const pair =
      type === 'ed25519'
        ? ssh2.utils.generateKeyPairSync('ed25519')
        : ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
    const whole = [pair.private, pair.public].every((key) => !(ssh2.utils.parseKey(key) instanceof Error));
    if (whole) return { private: pair.private, public: pair.public };
  }
}
