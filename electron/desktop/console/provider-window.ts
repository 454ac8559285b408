import { randomUUID } from 'node:crypto';
import { nativeTheme, type Session, session as sessions } from 'electron';
import type { ConsoleAddress } from '../../cloud/provider';
import type { Log } from '../../log/log';
import type { Clock } from '../../watch/clock';
import type { ContentsGuards } from '../guards/contents-guards';
import type { WindowFactory } from '../window-factory';
import { mayGoTo, mayLoadInConsole, mayShow } from './provider-addresses';

/**
 * What became of an address: shown; shown when it could no longer be used; not loaded; or not shown because it is no
 * page that may be.
 */
export type Shown = 'shown' | 'expired' | 'failed' | 'refused';

export interface ProviderWindow {
  /** Loads a console's page. The address is in this window from then on and nowhere else. */
  load(address: ConsoleAddress): Promise<Shown>;
  focus(): void;
  close(): void;
}

export interface ProviderWindowOptions {
  readonly factory: Pick<WindowFactory, 'createForProvider'>;
  readonly guards: ContentsGuards;
  readonly clock: Clock;
  readonly log: Log;
  readonly practice: boolean;
  readonly icon: string | undefined;
}

/** Everything that the session held goes with its window. Nothing of it was ever on the disk. */
function empty(session: Session): void {
  void Promise.allSettled([
    session.closeAllConnections(),
    session.clearStorageData(),
    session.clearCache(),
    session.clearAuthCache(),
  ]);
}

/**
 * A window for a provider's own console: sandboxed, without a preload, in a session that is only in memory and dies
 * with the window. It shows the provider's page, loads what that page may load, and goes nowhere.
 */
export function createProviderWindow(
  options: ProviderWindowOptions,
  title: string,
  onClosed: () => void,
): ProviderWindow {
  const { log, clock, practice } = options;
  let shown: ConsoleAddress | undefined;
  // Without `persist:` it is kept in memory; the name is one that no other window has had.
  const own = sessions.fromPartition(`console-${randomUUID()}`, { cache: false });
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = shown === undefined || !mayLoadInConsole(shown, url);
    if (cancel) log.warning('request.denied', { scheme: url.slice(0, url.indexOf(':') + 1) });
    answer({ cancel });
  });
  const window = options.factory.createForProvider(
    {
      title,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#fafafa',
      icon: options.icon,
    },
    own,
  );
  options.guards.setRule(window.webContents, (url) => shown !== undefined && mayGoTo(shown, url));
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  // A page that would rather not be closed is closed all the same.
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') log.error('console.crashed', { reason });
    if (!window.isDestroyed()) window.destroy();
  });
  // An empty page asks no guard before it is gone to: a window that is not at its page any more is closed.
  window.webContents.on('did-navigate', (_event, url) => {
    if (shown === undefined || mayGoTo(shown, url) || window.isDestroyed()) return;
    log.warning('navigation.denied', { reason: 'left' });
    window.destroy();
  });
  window.once('closed', () => {
    shown = undefined;
    empty(own);
    onClosed();
  });

  return {
    async load(address) {
      if (window.isDestroyed()) return 'failed';
      if (!mayShow(address, practice)) return 'refused';
      shown = address;
      try {
        await window.loadURL(address.url());
      } catch {
        // What was thrown names the whole address.
        return 'failed';
      }
      return clock.now() > address.validUntilMs ? 'expired' : 'shown';
    },
    focus() {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    close() {
      if (!window.isDestroyed()) window.destroy();
    },
  };
}
