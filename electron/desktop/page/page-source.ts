import { isPage, type PageOrigin } from '../../ipc/sender';
import { APP_PAGE, APP_PAGE_URL, CONSOLE_PAGE_URL } from './asset-path';

export interface PageSource {
  readonly url: string;
  /** The page of the VNC console. */
  readonly consoleUrl: string;
  readonly origin: PageOrigin;
  /** Where the page may go by itself: nowhere, but for its own reload in development. */
  readonly mayNavigate: (url: string) => boolean;
  /** What the session may load: everything else is refused before it leaves. */
  readonly mayLoad: (url: string) => boolean;
}

/** The built page; in development the bundler's server, which a build knows nothing of. */
export function pageSource(): PageSource {
  if (import.meta.env.DEV) {
    const server = process.env.ELECTRON_RENDERER_URL;
    if (server !== undefined) {
      const { protocol, host } = new URL(server);
      const local = (url: string): boolean => URL.canParse(url) && new URL(url).host === host;
      return {
        url: server,
        consoleUrl: new URL('console.html', server).href,
        origin: { protocol, host },
        mayNavigate: local,
        mayLoad: (url) => local(url) || url.startsWith('devtools:') || url.startsWith('data:'),
      };
    }
  }
  return {
    url: APP_PAGE_URL,
    consoleUrl: CONSOLE_PAGE_URL,
    origin: APP_PAGE,
    mayNavigate: () => false,
    mayLoad: (url) => isPage(url, APP_PAGE) || url.startsWith('data:image/'),
  };
}
