import { describe, expect, it } from 'vitest';
import { isPage, judgeSender } from './sender';

const page = { protocol: 'lockwatch:', host: 'app' };
const own = { url: 'lockwatch://app/index.html', isMainFrame: true };

describe('a channel hears only the main frame of the own page', () => {
  it('trusts it', () => {
    expect(judgeSender({ frame: own, knownWindow: true }, page)).toBe('trusted');
  });

  it('rejects a null senderFrame', () => {
    expect(judgeSender({ frame: null, knownWindow: true }, page)).toBe('noFrame');
  });

  it('rejects a subframe, even of the own origin', () => {
    expect(judgeSender({ frame: { ...own, isMainFrame: false }, knownWindow: true }, page)).toBe('subframe');
  });

  it('rejects web contents that the window factory did not make', () => {
    expect(judgeSender({ frame: own, knownWindow: false }, page)).toBe('unknownWindow');
  });

  it.each([
    'lockwatch://app.evil/index.html',
    'lockwatch://appendix/',
    'lockwatch://user@app/',
    'lockwatch://app:1/',
    'https://app/',
    'file:///app/index.html',
    'data:text/html,<p>',
    'about:blank',
    'not an address',
    '',
  ])('rejects the foreign origin %s', (url) => {
    expect(isPage(url, page)).toBe(false);
    expect(judgeSender({ frame: { url, isMainFrame: true }, knownWindow: true }, page)).toBe('foreignOrigin');
  });
});
