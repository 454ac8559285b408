/**
 * What the page may load. The nonce is for the styles that the component library writes while it runs; the
 * page reads it from its `csp-nonce` meta element.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'none'",
  ].join('; ');

const PLACEHOLDER = '__CSP_NONCE__';

/** Hands this load's nonce to the page. */
export const withNonce = (html: string, nonce: string): string => html.replaceAll(PLACEHOLDER, nonce);
