import { describe, expect, it } from 'vitest';
import { type Script, scriptCommand } from '../../sources/ssh/scripts/script';
import { inspectDomainScript, unlockDomainScript } from '../../sources/ssh/scripts/unlock-domain';
import { inspectLocalScript, unlockLocalScript } from '../../sources/ssh/scripts/unlock-local';
import { networkLogon, testWindows } from '../testing/windows';
import type { WindowsInstance } from '../windows/instance';
import { runCommand } from './shell';

const ADMIN = { elevated: true, user: 'watcher' };

function setUp() {
  const { windows } = testWindows();
  windows.sam.add('watcher', 1002, 'right', false, true);
  windows.sam.add("Zoë O'Neill", 1003, 'right');
  for (const name of ['alice', "Zoë O'Neill", 'watcher']) {
    for (let i = 0; i < 3; i++) windows.logon({ name, password: 'x', domain: '.', how: networkLogon });
  }
  const state = (name: string) => {
    const account = windows.sam.find(name);
    return account !== null && windows.sam.isLocked(account, windows.now()) ? 'locked' : 'clear';
  };
  const unlocks = () =>
    windows
      .log('Security')
      ?.events()
      .filter(({ eventId }) => eventId === 4767) ?? [];
  return { windows, state, unlocks };
}

function run(windows: WindowsInstance, script: Script, rights = ADMIN): unknown {
  const { stdout } = runCommand(windows, rights, scriptCommand(script));
  return JSON.parse(/lockwatch-answer>(.*)<lockwatch-answer/.exec(stdout.toString('latin1'))?.[1] ?? 'null');
}

describe('unlocking a local account by script', () => {
  it('tells how it stands, and whether the session may and whether it is its own', () => {
    const { windows } = setUp();
    const sid = windows.sidOf(1001);
    expect(run(windows, inspectLocalScript({ name: 'Alice', sid: null }))).toEqual({
      ok: true,
      value: { found: true, elevated: true, self: false, account: { name: 'alice', sid, locked: true } },
    });
    expect(run(windows, inspectLocalScript({ name: 'watcher', sid: null }))).toMatchObject({
      value: { self: true },
    });
    expect(run(windows, inspectLocalScript({ name: 'nobody', sid: null }))).toMatchObject({
      value: { found: false, account: null },
    });
  });

  it('unlocks once, with the 4767 of whoever is signed in', () => {
    const { windows, state, unlocks } = setUp();
    const account = { name: "Zoë O'Neill", sid: windows.sidOf(1003) };
    expect(run(windows, unlockLocalScript(account))).toMatchObject({
      ok: true,
      value: { found: true, done: true, refused: null, before: { locked: true }, after: { locked: false } },
    });
    expect(state(account.name)).toBe('clear');
    expect(unlocks().map(({ data }) => [data.TargetUserName, data.SubjectUserName])).toEqual([
      ["Zoë O'Neill", 'watcher'],
    ]);
    expect(run(windows, unlockLocalScript(account))).toMatchObject({
      value: { done: false, refused: 'notLocked' },
    });
    expect(unlocks()).toHaveLength(1);
  });

  it.each([
    ['an account that is not there', { name: 'nobody', sid: null }, ADMIN, { found: false, refused: null }],
    ['its own', { name: 'watcher', sid: null }, ADMIN, { refused: 'self' }],
    [
      'without rights',
      { name: 'alice', sid: null },
      { ...ADMIN, elevated: false },
      { refused: 'notElevated' },
    ],
  ])('does nothing for %s', (_, account, rights, expected) => {
    const { windows, state, unlocks } = setUp();
    expect(run(windows, unlockLocalScript(account), rights)).toMatchObject({
      ok: true,
      value: { done: false, after: null, ...expected },
    });
    expect([state('alice'), state('watcher'), unlocks()]).toEqual(['locked', 'locked', []]);
  });

  it('does nothing for an account that was renamed', () => {
    const { windows, unlocks } = setUp();
    const answer = run(windows, unlockLocalScript({ name: 'old name', sid: windows.sidOf(1001) }));
    expect(answer).toMatchObject({ value: { found: true, refused: 'renamed' } });
    expect(unlocks()).toEqual([]);
  });

  it('has no directory to ask', () => {
    const { windows } = setUp();
    for (const script of [inspectDomainScript, unlockDomainScript]) {
      expect(run(windows, script({ name: 'alice', sid: null }))).toEqual({
        ok: false,
        code: -2147016646,
        kind: 'COMException',
      });
    }
  });
});
