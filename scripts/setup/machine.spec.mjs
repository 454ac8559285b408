import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAppUser } from './app-user.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { firstClosedFolder } from './readable-checkout.mjs';
import { userNamespacesAllowed } from './sandbox.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { formatDuration, runStep, SetupError } from './step.mjs';
import { ELECTRON_NEEDS, REAL_TEST_NEEDS } from './system-needs.mjs';
import { missingNeeds } from './system-packages.mjs';
import { fillTemplate } from './wrappers.mjs';

describe('Node', () => {
  it.each(['20.19.0', '20.20.2', '22.1.0', '24.0.0'])('%s will do', (version) => {
    expect(checkNodeVersion(version)).toBe(version);
  });
  it.each(['18.20.4', '20.18.3'])('%s is too old', (version) => {
    expect(() => checkNodeVersion(version)).toThrow(SetupError);
  });
});

describe('a duration', () => {
  it.each([
    [12.4, '12 ms'],
    [1234, '1.2 s'],
    [59_990, '1 min 0 s'],
    [179_800, '3 min 0 s'],
  ])('of %d ms is written %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('a step', () => {
  it('shows its outcome and its time', async () => {
    /** @type {string[]} */
    const lines = [];
    await runStep(
      'Thing',
      () => 'there',
      (line) => lines.push(line),
    );
    expect(lines).toEqual([expect.stringMatching(/✓ Thing: there \(\d+ ms\)/)]);
  });

  it('says what to do when it fails, and stops the set-up', async () => {
    /** @type {string[]} */
    const lines = [];
    const failing = () => {
      throw new SetupError('broken', 'Mend it.');
    };
    await expect(runStep('Thing', failing, (line) => lines.push(line))).rejects.toThrow('broken');
    expect(lines[0]).toContain('✗ Thing: broken');
    expect(lines[1]).toContain('What to do: Mend it.');
  });
});

describe('system libraries', () => {
  it('are looked for by file in every usual folder', () => {
    const onFedora = (/** @type {string} */ path) => path.startsWith('/usr/lib64/');
    expect(missingNeeds(ELECTRON_NEEDS, onFedora)).toEqual([]);
  });

  it('are named by their package when they are missing', () => {
    const missing = missingNeeds(ELECTRON_NEEDS, (path) => !path.includes('libgbm'));
    expect(missing.map((need) => need.debianPackage)).toEqual(['libgbm1']);
  });

  it('accept any of the commands that serve a need', () => {
    const newImageMagick = (/** @type {string} */ path) => !path.endsWith('/import');
    expect(missingNeeds(REAL_TEST_NEEDS, newImageMagick)).toEqual([]);
  });
});

describe('the ordinary user', () => {
  it('is read from the list of users', () => {
    const passwd =
      'root:x:0:0::/root:/bin/sh\nlockwatch-dev:x:998:997::/var/lib/lockwatch-dev:/usr/sbin/nologin\n';
    expect(readAppUser(passwd)).toEqual({
      name: 'lockwatch-dev',
      uid: 998,
      gid: 997,
      home: '/var/lib/lockwatch-dev',
    });
  });
  it('is not there before set-up', () => {
    expect(readAppUser('root:x:0:0::/root:/bin/sh\n')).toBeUndefined();
  });
});

describe('the way to the checkout', () => {
  const closed = (/** @type {string} */ folder) => (folder === '/root' ? 0o700 : 0o755);
  it('is closed below the home of root', () => {
    expect(firstClosedFolder('/root/code/lockwatch', closed)).toBe('/root');
  });
  it('is free elsewhere', () => {
    expect(firstClosedFolder('/srv/lockwatch', closed)).toBeUndefined();
  });
});

describe('the sandbox', () => {
  const settings = (/** @type {Record<string, string>} */ values) => (/** @type {string} */ file) =>
    Object.entries(values).find(([name]) => file.endsWith(name))?.[1];

  it('stands on user namespaces where the kernel allows them', () => {
    expect(userNamespacesAllowed(settings({ max_user_namespaces: '96365' }))).toBe(true);
  });
  it.each([
    ['Debian 10', { unprivileged_userns_clone: '0' }],
    ['a hardened kernel', { max_user_namespaces: '0' }],
    ['Ubuntu 24.04', { apparmor_restrict_unprivileged_userns: '1' }],
  ])('needs its helper on %s', (_, values) => {
    expect(userNamespacesAllowed(settings(values))).toBe(false);
  });
});

describe('the set-up lock', () => {
  it('lets one set-up run after the other, and takes over from a dead one', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'lock-spec-'));
    // No process has this id: it is above the highest that Linux gives.
    writeFileSync(join(directory, 'setup.lock'), '99999999');
    /** @type {string[]} */
    const order = [];
    await withSetupLock(
      directory,
      async () => void order.push('ran'),
      () => undefined,
    );
    expect(order).toEqual(['ran']);
    rmSync(directory, { recursive: true });
  });
});

describe('a start script', () => {
  it('has all its places filled in', () => {
    const text = fillTemplate('electron', { START: 'start', BINARY: "'/opt/electron'" });
    expect(text).toContain(`exec start '/opt/electron' "$@"`);
    expect(text).not.toMatch(/@[A-Z_]+@/);
  });
  it('is not written with a place left open', () => {
    expect(() => fillTemplate('electron', { START: 'start' })).toThrow('BINARY');
  });
});
