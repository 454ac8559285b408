import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SelfSigned, selfSigned } from './self-signed';

const DAY_MS = 86_400_000;
/** As long as Windows makes its own for Remote Desktop. */
const VALID_DAYS = 180;

/** SHA-256 over the certificate, in upper-case pairs with colons. */
export const certificateFingerprint = ({ certificatePem }: SelfSigned): string =>
  new X509Certificate(certificatePem).fingerprint256;

function holds({ keyPem, certificatePem }: SelfSigned, nowMs: number): boolean {
  const read = new X509Certificate(certificatePem);
  return (
    read.checkPrivateKey(createPrivateKey(keyPem)) &&
    Date.parse(read.validFrom) <= nowMs &&
    nowMs < Date.parse(read.validTo)
  );
}

/**
 * A server's certificate with its key, kept in a folder so that it is the same at the next start; made anew when there
 * is none or when its time is over. The first name is the common name.
 */
export function keptIdentity(
  folder: string,
  file: string,
  names: readonly [string, ...string[]],
  nowMs: number,
): SelfSigned {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [keyPath, certificatePath] = [join(folder, `${file}.key`), join(folder, `${file}.crt`)];
  try {
    const kept = {
      keyPem: readFileSync(keyPath, 'utf8'),
      certificatePem: readFileSync(certificatePath, 'utf8'),
    };
    if (holds(kept, nowMs)) return kept;
  } catch {
    // Missing or damaged: made anew below.
  }
  const made = selfSigned(names[0], nowMs - DAY_MS, nowMs + VALID_DAYS * DAY_MS, names);
  writeFileSync(keyPath, made.keyPem, { mode: 0o600 });
  chmodSync(keyPath, 0o600);
  writeFileSync(certificatePath, made.certificatePem);
  return made;
}
