import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, describe, expect, it } from 'vitest';
import { isKeyPath, readKeyFile } from './key-file';
import { createKeyRing, type KeyParser } from './key-ring';

const folder = mkdtempSync(join(tmpdir(), 'lockwatch-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('where a key may be', () => {
  const shares = [
    '\\\\203.0.113.9\\share\\id_ed25519',
    '//203.0.113.9/share/id_ed25519',
    '\\/203.0.113.9\\share\\id',
    '\\\\?\\UNC\\203.0.113.9\\share\\id',
    '\\\\.\\pipe\\somebody',
  ];

  it.each(shares)('is not %s, which would be opened with the user’s identity', async (path) => {
    expect(isKeyPath(path)).toBe(false);
    const opened: string[] = [];
    const ring = createKeyRing(async (asked) => {
      opened.push(asked);
      return Buffer.from('');
    });
    expect(await ring.read(path, null, ssh2.utils.parseKey)).toMatchObject({
      error: { code: 'ssh.keyUnreadable' },
    });
    expect(opened).toEqual([]);
  });

  it.each(['~/.ssh/id_ed25519', '/home/a/.ssh/id', 'C:\\Users\\a\\.ssh\\id', 'Z:\\id', 'id'])(
    'can be %s',
    (path) => {
      expect(isKeyPath(path)).toBe(true);
    },
  );
});

describe('reading a key file', () => {
  const ring = createKeyRing(readKeyFile);
  const code = async (path: string) => {
    const read = await ring.read(path, null, ssh2.utils.parseKey as KeyParser);
    return read.ok ? 'ok' : read.error;
  };

  it('tells nothing of what stands in a file that is no key', async () => {
    const path = join(folder, 'shadow');
    writeFileSync(path, 'root:canary-hash:19000:0:99999:7:::\n');
    const error = await code(path);
    expect(error).toMatchObject({ code: 'ssh.keyUnreadable', params: { path } });
    expect(JSON.stringify(error)).not.toContain('canary-hash');
  });

  it.runIf(process.platform !== 'win32')('ends at once for a device, a pipe or a folder', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of ['/dev/zero', pipe, folder])
      expect(await code(path)).toMatchObject({ code: 'ssh.keyUnreadable' });
  });

  it('reads a key', async () => {
    const path = join(folder, 'key');
    writeFileSync(path, ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private);
    expect(await code(path)).toBe('ok');
  });
});
