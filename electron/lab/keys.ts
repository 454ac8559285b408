import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedKey, utils } from 'ssh2';

/** A private key in OpenSSH's form with its fingerprint (`SHA256:` and base64 without padding). */
export interface LabKey {
  readonly privateKey: string;
  readonly fingerprint: string;
  readonly parsed: ParsedKey;
}

/** The fingerprint of a public key in SSH's wire form. */
export const fingerprintOf = (publicKey: Buffer): string =>
  `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;

function parse(privateKey: string): LabKey | undefined {
  const parsed = utils.parseKey(privateKey);
  if (parsed instanceof Error) return undefined;
  return { privateKey, parsed, fingerprint: fingerprintOf(parsed.getPublicSSH()) };
}

/** A new key. About one in 200 that ssh2 makes for ed25519 is malformed, for itself and for OpenSSH: made again. */
export function createKey(): LabKey {
  for (let tries = 0; tries < 20; tries++) {
    const key = parse(utils.generateKeyPairSync('ed25519', { comment: 'practice lab' }).private);
    if (key) return key;
  }
  throw new Error('No key could be generated');
}

/** The key kept in a file, made when there is none, so that it is the same at the next start. */
export function keptKey(folder: string, name: string): LabKey & { path: string } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  let kept: LabKey | undefined;
  try {
    kept = parse(readFileSync(path, 'utf8'));
  } catch {
    kept = undefined;
  }
  if (kept) return { ...kept, path };
  const made = createKey();
  writeFileSync(path, made.privateKey, { mode: 0o600 });
  chmodSync(path, 0o600);
  return { ...made, path };
}
