import { ipcMain, type WebContents } from 'electron';
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
