import { posix, win32 } from 'node:path';
import type { FoundClient } from '../rules/launch';

export interface FindOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether there is a program, or on macOS an application, at this path. */
  readonly exists: (path: string) => Promise<boolean>;
}

/** Terminals, and what goes between them and the program with its arguments; none of them asks a shell. */
const TERMINALS: readonly (readonly [string, readonly string[]])[] = [
  ['gnome-terminal', ['--']],
  ['konsole', ['-e']],
  ['xfce4-terminal', ['-x']],
  ['mate-terminal', ['-x']],
  ['alacritty', ['-e']],
  ['kitty', []],
  ['foot', []],
  ['xterm', ['-e']],
];

interface Program {
  readonly id: FoundClient['id'];
  readonly name: string;
  readonly files: readonly string[];
  /** It asks for name and password in the terminal that it was started from. */
  readonly asksInTerminal: boolean;
}

const LINUX: readonly Program[] = [
  { id: 'remmina', name: 'Remmina', files: ['remmina'], asksInTerminal: false },
  { id: 'sdlFreerdp', name: 'FreeRDP (SDL)', files: ['sdl-freerdp3', 'sdl-freerdp'], asksInTerminal: false },
  { id: 'xfreerdp', name: 'FreeRDP (X11)', files: ['xfreerdp3', 'xfreerdp'], asksInTerminal: true },
  {
    id: 'wlfreerdp',
    name: 'FreeRDP (Wayland)',
    files: ['wlfreerdp3', 'wlfreerdp'],
    asksInTerminal: true,
  },
];

const MAC = [
  ['windowsApp', 'Windows App', 'Windows App.app'],
  ['microsoftRemoteDesktop', 'Microsoft Remote Desktop', 'Microsoft Remote Desktop.app'],
] as const;

/** The first of the names that is a program in a folder of the PATH. A folder that is not absolute is not looked into. */
async function onPath(names: readonly string[], options: FindOptions): Promise<string | null> {
  const folders = (options.environment.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  for (const name of names) {
    for (const folder of folders) {
      const path = posix.join(folder, name);
      if (await options.exists(path)) return path;
    }
  }
  return null;
}

async function terminal(options: FindOptions): Promise<FoundClient['terminal']> {
  for (const [name, before] of TERMINALS) {
    const path = await onPath([name], options);
    if (path) return { path, before };
  }
  return null;
}

/** The Remote Desktop clients of this computer, the most convenient first. Asks no shell. */
export async function findClients(options: FindOptions): Promise<readonly FoundClient[]> {
  const { platform, environment, exists } = options;
  const none = { major: null, terminal: null };
  if (platform === 'win32') {
    const path = win32.join(environment.SystemRoot ?? 'C:\\Windows', 'System32', 'mstsc.exe');
    return (await exists(path)) ? [{ id: 'mstsc', name: 'Remote Desktop Connection', path, ...none }] : [];
  }
  const found: FoundClient[] = [];
  if (platform === 'darwin') {
    for (const [id, name, bundle] of MAC) {
      const places = ['/Applications', posix.join(environment.HOME ?? '/', 'Applications')];
      for (const place of places) {
        const path = posix.join(place, bundle);
        if (found.every((one) => one.id !== id) && (await exists(path)))
          found.push({ id, name, path, ...none });
      }
    }
    return found;
  }
  const inside = await terminal(options);
  for (const { id, name, files, asksInTerminal } of LINUX) {
    const path = await onPath(files, options);
    if (!path || (asksInTerminal && !inside)) continue;
    found.push({
      id,
      name,
      path,
      major: path.endsWith('3') ? 3 : null,
      terminal: asksInTerminal ? inside : null,
    });
  }
  return found;
}
