import { nativeTheme } from 'electron';
import type { Destination } from '../../../shared/snapshot';
import type { Log } from '../../log/log';
import type { WindowFactory } from '../window-factory';
import type { ShellWindow, WindowEvents } from './window-controller';

export interface OpenWindowOptions {
  readonly factory: WindowFactory;
  readonly pageUrl: string;
  readonly title: string;
  readonly icon: string | undefined;
  readonly log: Log;
  readonly sendNavigate: (destination: Destination) => void;
  /** Told of the window that events now go to. */
  readonly onContents: (contents: Electron.WebContents | undefined) => void;
}

/** Makes the window, loads the page and shows it when it has painted. */
export function openWindow(
  options: OpenWindowOptions,
  events: WindowEvents,
  first: Destination | undefined,
): ShellWindow {
  const { factory, log } = options;
  const window = factory.create({
    title: options.title,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#fafafa',
    icon: options.icon,
  });
  let wanted = true;
  let loaded = false;
  let waiting = first;

  options.onContents(window.webContents);
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => {
    if (wanted) window.show();
  });
  window.webContents.once('did-finish-load', () => {
    loaded = true;
    if (waiting) options.sendNavigate(waiting);
    waiting = undefined;
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    log.error('window.crashed', { reason });
    events.crashed();
  });
  window.on('close', (event) => {
    if (!events.closing()) event.preventDefault();
  });
  window.once('closed', () => {
    options.onContents(undefined);
    events.closed();
  });
  window.loadURL(options.pageUrl).catch((cause: unknown) => log.error('window.loadFailed', {}, cause));

  return {
    show() {
      wanted = true;
      if (window.isMinimized()) window.restore();
      if (loaded) window.show();
      window.focus();
    },
    hide() {
      wanted = false;
      window.hide();
    },
    destroy() {
      if (!window.isDestroyed()) window.destroy();
    },
    navigate(destination) {
      if (loaded) options.sendNavigate(destination);
      else waiting = destination;
    },
    // One that is about to be seen counts, before it has painted and until the desktop has put it up: hiding it must
    // keep it from that.
    isVisible: () => !window.isDestroyed() && (wanted || window.isVisible()),
    isDestroyed: () => window.isDestroyed(),
  };
}
