import { createHmac, randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ParsedKey } from 'ssh2';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { isKeyPath, MAX_KEY_BYTES } from './key-file';
import type { Ssh2Module } from './load-ssh2';

export type ReadFile = (path: string) => Promise<Buffer>;
export type KeyParser = Ssh2Module['utils']['parseKey'];

/**
 * Private keys from files. Decrypting one costs a tenth of a second by design, so a key that many instances share is
 * decrypted once: it is kept by a keyed hash of file and passphrase.
 */
export interface KeyRing {
  /** Errors: ssh.keyUnreadable (`path`), ssh.keyPassphrase (`path`: missing or wrong passphrase). */
  read(path: string, passphrase: string | null, parseKey: KeyParser): Promise<Result<ParsedKey>>;
}

const expandHome = (path: string) => (/^~[\\/]/.test(path) ? join(homedir(), path.slice(2)) : path);

function parse(
  bytes: Buffer,
  path: string,
  passphrase: string | null,
  parseKey: KeyParser,
): Result<ParsedKey> {
  const params = { path };
  const plain = parseKey(bytes);
  let found = plain;
  if (plain instanceof Error && /passphrase/i.test(plain.message)) {
    if (passphrase === null || passphrase === '') return err(appError('ssh.keyPassphrase', params));
    const opened = parseKey(bytes, passphrase);
    if (opened instanceof Error) return err(appError('ssh.keyPassphrase', params));
    found = opened;
  }
  const key: ParsedKey | Error | undefined = Array.isArray(found) ? found[0] : found;
  if (!key || key instanceof Error || !key.isPrivateKey()) return err(appError('ssh.keyUnreadable', params));
  return ok(key);
}

export function createKeyRing(readFile: ReadFile): KeyRing {
  const secretKey = randomBytes(32);
  const known = new Map<string, Result<ParsedKey>>();
  return {
    async read(path, passphrase, parseKey) {
      if (!isKeyPath(path)) return err(appError('ssh.keyUnreadable', { path }));
      let bytes: Buffer;
      try {
        bytes = await readFile(expandHome(path));
      } catch {
        return err(appError('ssh.keyUnreadable', { path }));
      }
      if (bytes.length > MAX_KEY_BYTES) return err(appError('ssh.keyUnreadable', { path }));
      const id = createHmac('sha256', secretKey)
        .update(JSON.stringify([path, passphrase]))
        .update(bytes)
        .digest('base64');
      const before = known.get(id);
      if (before) return before;
      const result = parse(bytes, path, passphrase, parseKey);
      if (known.size >= 256) known.clear();
      known.set(id, result);
      return result;
    },
  };
}
