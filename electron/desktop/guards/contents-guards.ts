import type { App, WebContents } from 'electron';
import type { Log } from '../../log/log';

/** No page goes anywhere, opens anything or embeds anything: the app shows its own page and nothing else. */
export function guardContents(contents: WebContents, log: Log): void {
  const refuse = (what: string) => (event: { preventDefault(): void }) => {
    log.warning('navigation.denied', { reason: what });
    event.preventDefault();
  };
  contents.on('will-navigate', refuse('navigate'));
  contents.on('will-frame-navigate', refuse('frame'));
  contents.on('will-redirect', refuse('redirect'));
  contents.on('will-attach-webview', refuse('webview'));
  contents.setWindowOpenHandler(() => {
    log.warning('navigation.denied', { reason: 'window' });
    return { action: 'deny' };
  });
}

/** Guards every web contents from its birth, whoever makes it. */
export function guardAllContents(app: App, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}
