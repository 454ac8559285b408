import { describe, expect, it } from 'vitest';
import { applyLoginItem, desktopEntry, type LoginItemSystem } from './login-item';

function setUp(platform: string, enabled = false) {
  const calls: unknown[] = [];
  const system: LoginItemSystem = {
    platform,
    executable: '/opt/Lockwatch/lockwatch',
    args: [],
    list: {
      get(item) {
        calls.push(['get', item]);
        return enabled;
      },
      set: (item) => calls.push(['set', item]),
    },
    files: {
      write: async (path, text) => {
        calls.push(['write', path, text]);
      },
      remove: async (path) => {
        calls.push(['remove', path]);
      },
    },
    configFolder: '/home/a/.config',
  };
  return { calls, system };
}

const item = { path: '/opt/Lockwatch/lockwatch', args: ['--hidden'] };

describe('starting at login', () => {
  it.each(['win32', 'darwin'])('asks and sets the same path and arguments on %s', async (platform) => {
    const { calls, system } = setUp(platform);
    await applyLoginItem(system, true);
    expect(calls).toEqual([
      ['get', item],
      ['set', { ...item, openAtLogin: true }],
    ]);
  });

  it('leaves alone what is as it should be', async () => {
    const { calls, system } = setUp('win32', true);
    await applyLoginItem(system, true);
    expect(calls).toEqual([['get', item]]);
  });

  it('writes an XDG autostart entry on Linux, and removes it', async () => {
    const { calls, system } = setUp('linux');
    await applyLoginItem(system, true);
    await applyLoginItem(system, false);
    expect(calls).toEqual([
      [
        'write',
        '/home/a/.config/autostart/lockwatch.desktop',
        expect.stringContaining('Exec=/opt/Lockwatch/lockwatch --hidden\n'),
      ],
      ['remove', '/home/a/.config/autostart/lockwatch.desktop'],
    ]);
  });

  it('quotes what the specification wants quoted', () => {
    expect(desktopEntry(['/opt/my app/lock$watch', '100%'])).toContain(
      'Exec="/opt/my app/lock\\\\$watch" 100%%\n',
    );
  });
});
