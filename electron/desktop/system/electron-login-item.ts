import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { app } from 'electron';
import type { LoginItemSystem } from './login-item';

/** This system's list of what starts at login. */
export function loginItemSystem(appFolder: string): LoginItemSystem {
  return {
    platform: process.platform,
    // An AppImage runs from a folder that is gone after the run.
    executable: process.env.APPIMAGE ?? process.execPath,
    args: app.isPackaged ? [] : [appFolder],
    list: {
      get: (item) => app.getLoginItemSettings(item).openAtLogin,
      set: (item) => app.setLoginItemSettings(item),
    },
    files: {
      async write(path, text) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text, { mode: 0o644 });
      },
      remove: (path) => rm(path, { force: true }),
    },
    configFolder: app.getPath('appData'),
  };
}
