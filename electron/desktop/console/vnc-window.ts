import { MessageChannelMain, type MessagePortMain, nativeTheme } from 'electron';
import type { ConsolePageInfo } from '../../../shared/console';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { handPort } from '../../ipc/publish';
import type { Log } from '../../log/log';
import type { WindowFactory } from '../window-factory';

/** What the page of one console window leads to. */
export interface VncPageEvents {
  /** Connects, and gives the bytes to this port. */
  connect(port: MessagePortMain): Promise<Result<null>>;
  /** The page shows the instance's screen. */
  shown(): void;
  ctrlAltDelSent(): void;
  closed(): void;
}

export interface VncWindow {
  focus(): void;
  close(): void;
}

export interface VncWindowsOptions {
  readonly factory: Pick<WindowFactory, 'createForConsole'>;
  readonly pageUrl: string;
  readonly log: Log;
  readonly icon: string | undefined;
}

export interface VncWindows {
  open(title: string, info: ConsolePageInfo, events: VncPageEvents): VncWindow;
  /** What the page of this window asks; null for a window that is none of these. */
  requestsOf(contents: Electron.WebContents): VncPageRequests | null;
}

/** The page's few requests, by the names in `consolePageChannels`. */
export interface VncPageRequests {
  info(): Result<ConsolePageInfo>;
  connect(): Promise<Result<null>>;
  shown(): Result<null>;
  ctrlAltDelSent(): Result<null>;
  /** Turns full screen on or off, and says which: a page may not by itself. */
  fullScreen(): Result<boolean>;
  close(): Result<null>;
}

/** The windows with the VNC console. Main makes the channel between page and evidence process and keeps no end of it. */
export function createVncWindows(options: VncWindowsOptions): VncWindows {
  const { log } = options;
  const open = new Map<number, VncPageRequests>();
  return {
    requestsOf: (contents) => open.get(contents.id) ?? null,
    open(title, info, events) {
      const window = options.factory.createForConsole({
        title,
        backgroundColor: nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#fafafa',
        icon: options.icon,
      });
      const { webContents } = window;
      const { id } = webContents;
      /** Whether a connection stands, as far as main was told. */
      let connected = false;
      let connecting = false;
      const done = ok(null);
      const notNow = (): Result<null, AppError> => err(appError('app.busy'));

      open.set(id, {
        info: () => ok(info),
        async connect() {
          if (connecting) return notNow();
          connecting = true;
          connected = false;
          const { port1, port2 } = new MessageChannelMain();
          handPort(webContents, port1);
          const result = await events.connect(port2);
          connecting = false;
          connected = result.ok;
          return result;
        },
        shown() {
          if (!connected) return notNow();
          events.shown();
          return done;
        },
        ctrlAltDelSent() {
          if (!connected) return notNow();
          events.ctrlAltDelSent();
          return done;
        },
        fullScreen() {
          const full = !window.isFullScreen();
          window.setFullScreen(full);
          return ok(full);
        },
        close() {
          close();
          return done;
        },
      });
      const close = (): void => {
        if (!window.isDestroyed()) window.destroy();
      };
      window.on('page-title-updated', (event) => event.preventDefault());
      window.once('ready-to-show', () => window.show());
      webContents.on('render-process-gone', (_event, { reason }) => {
        if (reason !== 'clean-exit') log.error('console.crashed', { reason });
        close();
      });
      window.once('closed', () => {
        open.delete(id);
        events.closed();
      });
      window.loadURL(options.pageUrl).catch((cause: unknown) => log.error('console.loadFailed', {}, cause));
      return {
        focus() {
          if (window.isDestroyed()) return;
          if (window.isMinimized()) window.restore();
          window.focus();
        },
        close,
      };
    },
  };
}
