import type { App, WebContents } from 'electron';
import type { Log } from '../../log/log';

/** Addresses that a page may go to by itself: none in a build, the page itself when it reloads in development. */
export type MayNavigate = (url: string) => boolean;

/** The guards, for a window that shows another page than the app's. */
export interface ContentsGuards {
  /** From now on these contents go by their own rule instead of the app's page's. Nothing else is loosened. */
  setRule(contents: WebContents, mayNavigate: MayNavigate): void;
}

/** No page goes anywhere, opens anything or embeds anything: the app shows its own page and nothing else. */
function guardContents(contents: WebContents, mayNavigate: MayNavigate, log: Log): void {
  const refuse = (event: { readonly url: string; preventDefault(): void }, reason: string): void => {
    if (mayNavigate(event.url)) return;
    log.warning('navigation.denied', { reason });
    event.preventDefault();
  };
  contents.on('will-navigate', (event) => refuse(event, 'navigate'));
  contents.on('will-frame-navigate', (event) => refuse(event, 'frame'));
  contents.on('will-redirect', (event) => refuse(event, 'redirect'));
  contents.on('will-attach-webview', (event) => {
    log.warning('navigation.denied', { reason: 'webview' });
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => {
    log.warning('navigation.denied', { reason: 'window' });
    return { action: 'deny' };
  });
}

/** Guards every web contents from its birth, whoever makes it. */
export function guardAllContents(app: App, mayNavigate: MayNavigate, log: Log): ContentsGuards {
  const rules = new WeakMap<WebContents, MayNavigate>();
  app.on('web-contents-created', (_event, contents) =>
    guardContents(contents, (url) => (rules.get(contents) ?? mayNavigate)(url), log),
  );
  // Else Electron shows whoever asks the first certificate of the user's store.
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault();
    choose();
  });
  return {
    setRule(contents, rule) {
      rules.set(contents, rule);
    },
  };
}
