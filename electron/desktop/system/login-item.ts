import { join } from 'node:path';

/** Starts at login go straight to the tray. */
const HIDDEN_SWITCH = '--hidden';

export interface LoginItemSystem {
  readonly platform: string;
  /** The executable to start, and what stands before the switches when the app is not packaged. */
  readonly executable: string;
  readonly args: readonly string[];
  /** Windows and macOS keep a list. */
  readonly list: {
    get(item: { path: string; args: string[] }): boolean;
    set(item: { path: string; args: string[]; openAtLogin: boolean }): void;
  };
  /** Elsewhere there is a folder of entries. */
  readonly files: {
    write(path: string, text: string): Promise<void>;
    remove(path: string): Promise<void>;
  };
  readonly configFolder: string;
}

/** Makes the system start the app at login, or not, to agree with the setting. */
export async function applyLoginItem(system: LoginItemSystem, wanted: boolean): Promise<void> {
  const args = [...system.args, HIDDEN_SWITCH];
  if (system.platform === 'win32' || system.platform === 'darwin') {
    const item = { path: system.executable, args };
    if (system.list.get(item) !== wanted) system.list.set({ ...item, openAtLogin: wanted });
    return;
  }
  const path = join(system.configFolder, 'autostart', 'lockwatch.desktop');
  if (wanted) await system.files.write(path, desktopEntry([system.executable, ...args]));
  else await system.files.remove(path);
}

/** An XDG autostart entry that runs this command line. */
export function desktopEntry(command: readonly string[]): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.0',
    'Name=Lockwatch',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ];
  return `${lines.join('\n')}\n`;
}

/** An argument of `Exec`: quoted and escaped by the rules of the Desktop Entry Specification. */
function quoted(argument: string): string {
  const percent = argument.replaceAll('%', '%%');
  if (/^[\w@+:,./=%-]+$/.test(percent)) return percent;
  const escaped = percent.replace(/["`$\\]/g, (character) => `\\${character}`);
  return `"${escaped.replaceAll('\\', '\\\\')}"`;
}
