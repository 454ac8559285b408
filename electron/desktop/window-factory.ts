import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  type Session,
  type WebContents,
} from 'electron';
import {
  consoleWindowOptions,
  printWindowOptions,
  providerWindowOptions,
  type WindowLook,
  windowOptions,
} from './window/window-options';

export interface WindowFactory {
  create(look: WindowLook): BrowserWindow;
  /** A hidden window for a document that is printed. It has no preload and may ask main for nothing. */
  createForPrint(title: string, session: Session): BrowserWindow;
  /** A window for the page of the VNC console, which may ask main for that page's few things. */
  createForConsole(look: WindowLook): BrowserWindow;
  /** A window for a provider's own console. It has no preload and may ask main for nothing. */
  createForProvider(look: WindowLook, session: Session): BrowserWindow;
  /** Whether this web contents belongs to a window of the app's own page. */
  made(contents: WebContents): boolean;
  /** Whether it belongs to a window of the VNC console. */
  madeForConsole(contents: WebContents): boolean;
}

/** The only maker of windows. */
export function createWindowFactory(preload: string, consolePreload: string): WindowFactory {
  const known = new Set<number>();
  const consoles = new Set<number>();
  const make = (options: BrowserWindowConstructorOptions, list: Set<number>): BrowserWindow => {
    const window = new BrowserWindow(options);
    const { id } = window.webContents;
    list.add(id);
    window.once('closed', () => list.delete(id));
    return window;
  };
  return {
    create: (look) => make(windowOptions(preload, look), known),
    createForConsole: (look) => make(consoleWindowOptions(consolePreload, look), consoles),
    createForProvider: (look, session) => new BrowserWindow(providerWindowOptions(session, look)),
    createForPrint: (title, session) => new BrowserWindow(printWindowOptions(title, session)),
    made: (contents) => known.has(contents.id),
    madeForConsole: (contents) => consoles.has(contents.id),
  };
}
