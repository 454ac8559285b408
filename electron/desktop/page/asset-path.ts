import { isPage, type PageOrigin } from '../../ipc/sender';

/** Where the app's own page lives. */
export const APP_SCHEME = 'lockwatch';
export const APP_PAGE: PageOrigin = { protocol: `${APP_SCHEME}:`, host: 'app' };
export const APP_PAGE_URL = `${APP_SCHEME}://app/index.html`;
export const CONSOLE_PAGE_URL = `${APP_SCHEME}://app/console.html`;

export type AssetRequest =
  | { readonly kind: 'file'; readonly path: string; readonly type: string }
  | { readonly kind: 'refused'; readonly status: 400 | 404 | 405 };

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
};

/** A path segment of a built file. Anything else, encoded or not, is no file of ours. */
const SEGMENT = /^[A-Za-z0-9_@-][A-Za-z0-9._@-]*$/;

/**
 * Decides which file of the page an address means, as a path relative to the page's folder. What could leave
 * that folder, plain or encoded, is refused before a file system sees it.
 */
export function resolveAsset(method: string, url: string): AssetRequest {
  if (method !== 'GET' && method !== 'HEAD') return { kind: 'refused', status: 405 };
  if (!isPage(url, APP_PAGE)) return { kind: 'refused', status: 404 };
  const { pathname } = new URL(url);
  const path = pathname === '/' || pathname === '' ? 'index.html' : pathname.slice(1);
  const segments = path.split('/');
  if (!segments.every((segment) => SEGMENT.test(segment))) return { kind: 'refused', status: 400 };
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
  return type ? { kind: 'file', path, type } : { kind: 'refused', status: 404 };
}
