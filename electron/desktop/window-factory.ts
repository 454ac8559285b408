import { BrowserWindow, type Session, type WebContents } from 'electron';
import { printWindowOptions, type WindowLook, windowOptions } from './window/window-options';

export interface WindowFactory {
  create(look: WindowLook): BrowserWindow;
  /** A hidden window for a document that is printed. It has no preload and may ask main for nothing. */
  createForPrint(title: string, session: Session): BrowserWindow;
  /** Whether this web contents belongs to a window of the app's own page. */
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
    createForPrint: (title, session) => new BrowserWindow(printWindowOptions(title, session)),
    made: (contents) => known.has(contents.id),
  };
}
