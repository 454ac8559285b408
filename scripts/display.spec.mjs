import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { encodeXAuthority, removeDeadSessions } from './display.mjs';
import { rootDir, userWrapper } from './setup/paths.mjs';
import { ELECTRON_NEEDS, VIRTUAL_DESKTOP_NEEDS } from './setup/system-needs.mjs';
import { missingNeeds } from './setup/system-packages.mjs';

const canOpenSessions =
  process.platform === 'linux' &&
  missingNeeds([...ELECTRON_NEEDS, ...VIRTUAL_DESKTOP_NEEDS]).length === 0 &&
  (process.getuid?.() !== 0 || existsSync(userWrapper));

/**
 * Starts a shell command under a display of its own.
 *
 * @param {string} shellCommand
 */
function startUnderDisplay(shellCommand) {
  const { DISPLAY, WAYLAND_DISPLAY, DBUS_SESSION_BUS_ADDRESS, LOCKWATCH_SESSION_DIR, ...env } = process.env;
  const script = join(rootDir, 'scripts', 'with-display.mjs');
  const child = spawn(process.execPath, [script, '--', 'sh', '-c', shellCommand], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const firstLine = new Promise((resolve) =>
    child.stdout.once('data', (data) => resolve(data.toString().trim())),
  );
  return { child, ended, firstLine: /** @type {Promise<string>} */ (firstLine) };
}

/** Running processes with `text` in their command line. @param {string} text */
function processesWith(text) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}

describe.skipIf(!canOpenSessions)('a program under a virtual display (needs set-up on Linux)', () => {
  it('gets a display, a D-Bus session and a private folder, and its exit code is ours', async () => {
    const { ended, firstLine } = startUnderDisplay('echo "$DISPLAY $DBUS_SESSION_BUS_ADDRESS"; exit 7');
    expect(await firstLine).toMatch(/^:\d+ unix:path=.*lockwatch-session-/);
    expect(await ended).toEqual({ code: 7, signal: null });
  });

  it('gets the signals that we get, and leaves no server and no folder behind', async () => {
    const { child, ended, firstLine } = startUnderDisplay('echo "$LOCKWATCH_SESSION_DIR"; exec sleep 60');
    const directory = await firstLine;
    expect(processesWith(directory)).toHaveLength(2);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(processesWith(directory)).toEqual([]);
    expect(existsSync(directory)).toBe(false);
  });

  it('ends with its display even when we are killed', async () => {
    const { child, ended, firstLine } = startUnderDisplay('echo "$LOCKWATCH_SESSION_DIR"; exec sleep 61.5');
    const directory = await firstLine;
    child.kill('SIGKILL');
    await ended;
    await vi.waitFor(() =>
      expect([...processesWith(directory), ...processesWith('sleep\u000061.5')]).toEqual([]),
    );
    removeDeadSessions(tmpdir());
    expect(existsSync(directory)).toBe(false);
  });
});

describe('sessions of processes that are gone', () => {
  it('are removed, and those of others are not', () => {
    const parent = mkdtempSync(join(tmpdir(), 'sessions-spec-'));
    const names = [
      'lockwatch-session-99999999-abc',
      `lockwatch-session-${process.pid}-abc`,
      'something-else',
    ];
    for (const name of names) mkdirSync(join(parent, name));
    removeDeadSessions(parent);
    expect(readdirSync(parent).sort()).toEqual(names.slice(1).sort());
    rmSync(parent, { recursive: true });
  });
});

describe('an X authority file', () => {
  it('holds one cookie for any display', () => {
    const file = encodeXAuthority(Buffer.from('0123456789abcdef'));
    expect(file.subarray(0, 6)).toEqual(Buffer.from([0xff, 0xff, 0, 0, 0, 0]));
    expect(file.toString('latin1')).toContain('MIT-MAGIC-COOKIE-1\u0000\u00100123456789abcdef');
  });
});
