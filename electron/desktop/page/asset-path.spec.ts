import { describe, expect, it } from 'vitest';
import { resolveAsset } from './asset-path';

const get = (url: string) => resolveAsset('GET', url);

describe('the page is served from its own folder only', () => {
  it('serves the page for the bare address', () => {
    expect(get('lockwatch://app/')).toEqual({
      kind: 'file',
      path: 'index.html',
      type: 'text/html; charset=utf-8',
    });
  });

  it('gives each kind of file its MIME type', () => {
    const types = ['a/x.js', 'a/x.css', 'x.svg', 'x.png', 'x.woff2'].map((path) => {
      const asset = get(`lockwatch://app/${path}`);
      return asset.kind === 'file' ? asset.type.split(';')[0] : asset.status;
    });
    expect(types).toEqual(['text/javascript', 'text/css', 'image/svg+xml', 'image/png', 'font/woff2']);
  });

  it.each([
    '..%2fpackage.json',
    '..%2Fpackage.json',
    'assets/..%2f..%2fmain/main.js',
    '%252e%252e%252fpackage.json',
    '..%5cpackage.json',
    'assets%00.js',
    '....//main.js',
    'assets//x.js',
    '.hidden.js',
    '%2fetc%2fpasswd',
    'C:%5Cwindows%5Cx.js',
    'assets/%2e%2e%2f%2e%2e%2fx.js',
  ])('refuses the traversal %s with a 4xx', (path) => {
    expect(get(`lockwatch://app/${path}`)).toEqual({ kind: 'refused', status: 400 });
  });

  it('cannot be led out by a plain traversal, which the address parser folds away', () => {
    expect(get('lockwatch://app/../../package.json')).toMatchObject({ kind: 'file', path: 'package.json' });
    expect(get('lockwatch://app/%2e%2e/main/main.js')).toMatchObject({ kind: 'file', path: 'main/main.js' });
  });

  it.each(['lockwatch://other/index.html', 'https://app/index.html', 'lockwatch://app.evil/index.html'])(
    'does not know %s',
    (url) => {
      expect(get(url)).toEqual({ kind: 'refused', status: 404 });
    },
  );

  it('serves no unknown kind of file', () => {
    expect(get('lockwatch://app/assets/x.map')).toEqual({ kind: 'refused', status: 404 });
    expect(get('lockwatch://app/assets')).toEqual({ kind: 'refused', status: 404 });
  });

  it('answers only reading', () => {
    expect(resolveAsset('POST', 'lockwatch://app/')).toEqual({ kind: 'refused', status: 405 });
  });
});
