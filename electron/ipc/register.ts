import { ipcMain, type WebContents } from 'electron';
import { type ConsolePageChannel, consolePageChannels } from '../../shared/console';
import { appError } from '../../shared/errors';
import { err, type Result } from '../../shared/result';
import type { Log } from '../log/log';
import type { Dispatcher } from './dispatch';
import { judgeSender, type PageOrigin } from './sender';

/** Opens the contract's channels to the window. Nothing else in the app listens to a page. */
export function registerRequests(
  dispatcher: Dispatcher,
  page: PageOrigin,
  isKnownWindow: (contents: WebContents) => boolean,
): () => void {
  for (const channel of dispatcher.channels) {
    ipcMain.handle(`request:${channel}`, (event, input: unknown) => {
      const { senderFrame } = event;
      const frame = senderFrame && { url: senderFrame.url, isMainFrame: senderFrame.parent === null };
      const verdict = judgeSender({ frame, knownWindow: isKnownWindow(event.sender) }, page);
      return dispatcher.dispatch(verdict, channel, input);
    });
  }
  return () => {
    for (const channel of dispatcher.channels) ipcMain.removeHandler(`request:${channel}`);
  };
}

export interface ConsolePageOptions {
  readonly page: PageOrigin;
  /** Whether the window factory made this web contents for the VNC console. */
  readonly isConsole: (contents: WebContents) => boolean;
  /** Undefined: it belongs to no console that is open. */
  readonly answer: (
    contents: WebContents,
    channel: ConsolePageChannel,
  ) => Promise<Result<unknown>> | Result<unknown> | undefined;
  readonly log: Log;
}

/**
 * Opens the few channels of the VNC console's page. They take no argument, so there is nothing in them to trust; who
 * asks is checked like everywhere, and the window of the app may not ask here, nor this page there.
 */
export function registerConsolePage({ page, isConsole, answer, log }: ConsolePageOptions): () => void {
  for (const channel of consolePageChannels) {
    ipcMain.handle(`console:${channel}`, async (event) => {
      const { senderFrame } = event;
      const frame = senderFrame && { url: senderFrame.url, isMainFrame: senderFrame.parent === null };
      const verdict = judgeSender({ frame, knownWindow: isConsole(event.sender) }, page);
      if (verdict !== 'trusted') {
        const error = appError('app.senderRejected');
        log.warning('ipc.refused', { channel, code: error.code, reason: verdict });
        return err(error);
      }
      try {
        return (await answer(event.sender, channel)) ?? err(appError('app.notFound'));
      } catch (cause) {
        const error = appError('app.internal');
        log.error('ipc.failed', { channel, correlationId: error.correlationId }, cause);
        return err(error);
      }
    });
  }
  return () => {
    for (const channel of consolePageChannels) ipcMain.removeHandler(`console:${channel}`);
  };
}
