import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, withNonce } from './csp';

describe('the content security policy', () => {
  it('is exactly this', () => {
    expect(contentSecurityPolicy('abc')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-abc'; font-src 'self'; img-src 'self' data:; connect-src 'none'",
    );
  });

  it('reaches the page by its nonce', () => {
    expect(withNonce('<meta name="csp-nonce" content="__CSP_NONCE__">', 'abc')).toBe(
      '<meta name="csp-nonce" content="abc">',
    );
  });
});
