import { join } from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';

export interface WindowLook {
  readonly title: string;
  readonly backgroundColor: string;
  readonly icon: string | undefined;
}

/** The icon in title bar and task list; on Windows and macOS it comes with the executable. */
export const windowIcon = (assetFolder: string, platform: NodeJS.Platform): string | undefined =>
  platform === 'linux' ? join(assetFolder, 'window.png') : undefined;

/** The options of every window. Isolation and sandbox are not for a caller to choose. */
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
    webPreferences: {
      preload,
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
      devTools: import.meta.env.DEV,
    },
  };
}
