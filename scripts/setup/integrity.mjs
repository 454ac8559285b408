import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './step.mjs';

/**
 * Refuses a file whose SHA-512 is not the pinned one.
 *
 * @param {string} file
 * @param {string} integrity `sha512-` and the digest in Base64, as npm writes it
 */
export async function verifyIntegrity(file, integrity) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual === integrity) return;
  throw new SetupError(
    `the downloaded file is not the pinned one (${actual.slice(0, 24)}… instead of ${integrity.slice(0, 24)}…)`,
    'Do not use it: run "npm cache clean --force" and try again, and if it stays so, report it as a security issue.',
  );
}
