import { execFile } from 'node:child_process';

/** Whether this desktop shows tray icons; `unknown` where it cannot be told. */
export type TrayHost = 'present' | 'absent' | 'unknown';

export type RunCommand = (command: string, args: readonly string[]) => Promise<string>;

const QUESTION = [
  'call',
  '--session',
  '--dest=org.freedesktop.DBus',
  '--object-path=/org/freedesktop/DBus',
  '--method=org.freedesktop.DBus.NameHasOwner',
  'org.kde.StatusNotifierWatcher',
];

/**
 * Asks the session bus for a host of tray icons. Windows and macOS always have one. Without one on Wayland
 * there is no place for an icon; on X11 an older kind of tray may still take it.
 */
export async function detectTrayHost(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
  run: RunCommand = runCommand,
): Promise<TrayHost> {
  if (platform !== 'linux') return 'present';
  try {
    const answer = await run('gdbus', QUESTION);
    if (answer.includes('true')) return 'present';
    const wayland = environment.XDG_SESSION_TYPE === 'wayland' || environment.WAYLAND_DISPLAY !== undefined;
    return answer.includes('false') && wayland ? 'absent' : 'unknown';
  } catch {
    return 'unknown';
  }
}

const runCommand: RunCommand = (command, args) =>
  new Promise((resolve, reject) => {
    execFile(command, [...args], { timeout: 3000 }, (error, output) =>
      error ? reject(error) : resolve(output),
    );
  });
