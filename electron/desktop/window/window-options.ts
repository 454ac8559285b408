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

/** The options of the window with the VNC console: the app's own page, with a preload that knows nothing else. */
export const consoleWindowOptions = (preload: string, look: WindowLook): BrowserWindowConstructorOptions => ({
  ...windowOptions(preload, look),
  width: 1100,
  height: 860,
});

/** The options of a window with a provider's own console: no preload, and a session that is gone with it. */
export function providerWindowOptions(session: Session, look: WindowLook): BrowserWindowConstructorOptions {
  const { webPreferences: _ours, ...options } = windowOptions('', look);
  return { ...options, webPreferences: { session, ...GUARDED, devTools: false } };
}

/** The options of a window that holds a document for the printer: never shown, and nothing in it runs. */
export const printWindowOptions = (title: string, session: Session): BrowserWindowConstructorOptions => ({
  title,
  backgroundColor: '#ffffff',
  show: false,
  webPreferences: { session, ...GUARDED, javascript: false, images: false, devTools: false },
});
