import { join } from 'node:path';
import type { BrowserWindowConstructorOptions, Session } from 'electron';

export interface WindowLook {
  readonly title: string;
  readonly backgroundColor: string;
  readonly icon: string | undefined;
}

/** The icon in title bar and task list; on Windows and macOS it comes with the executable. */
export const windowIcon = (assetFolder: string, platform: NodeJS.Platform): string | undefined =>
  platform === 'linux' ? join(assetFolder, 'window.png') : undefined;

/** What no window may do without, whatever it shows. */
const GUARDED = {
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  disableDialogs: true,
} as const;

/** The options of the app's own window. Isolation and sandbox are not for a caller to choose. */
export function windowOptions(preload: string, look: WindowLook): BrowserWindowConstructorOptions {
  return {
    title: look.title,
    backgroundColor: look.backgroundColor,
    ...(look.icon === undefined ? {} : { icon: look.icon }),
    width: 1280,
    height: 820,
    minWidth: 480,
    minHeight: 360,
    show: false,
    webPreferences: { preload, ...GUARDED, devTools: import.meta.env.DEV },
  };
}

/** The options of a window that holds a document for the printer: never shown, and nothing in it runs. */
export const printWindowOptions = (title: string, session: Session): BrowserWindowConstructorOptions => ({
  title,
  backgroundColor: '#ffffff',
  show: false,
  webPreferences: { session, ...GUARDED, javascript: false, images: false, devTools: false },
});
