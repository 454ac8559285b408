import { BrowserWindow, type WebContents } from 'electron';
import { type WindowLook, windowOptions } from './window/window-options';

export interface WindowFactory {
  create(look: WindowLook): BrowserWindow;
  /** Whether this web contents belongs to a window made here. */
  made(contents: WebContents): boolean;
}

/** The only maker of windows. */
export function createWindowFactory(preload: string): WindowFactory {
  const known = new Set<number>();
  return {
    create(look) {
      const window = new BrowserWindow(windowOptions(preload, look));
      const { id } = window.webContents;
      known.add(id);
      window.once('closed', () => known.delete(id));
      return window;
    },
    made: (contents) => known.has(contents.id),
  };
}
