import type { LockwatchApp } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';

const get = (lockwatch: LockwatchApp, url: string) =>
  lockwatch.electron.evaluate(async ({ session }, address) => {
    const response = await session.defaultSession.fetch(address);
    return {
      status: response.status,
      csp: response.headers.get('content-security-policy') ?? '',
      type: response.headers.get('content-type') ?? '',
      sniff: response.headers.get('x-content-type-options'),
      text: await response.text(),
    };
  }, url);

test('the CSP header is exact, with a nonce of its own for every load', async ({ lockwatch }) => {
  const first = await get(lockwatch, 'lockwatch://app/index.html');
  const second = await get(lockwatch, 'lockwatch://app/index.html');
  const nonce = /'nonce-([A-Za-z0-9+/]{22}==)'/.exec(first.csp)?.[1] ?? 'none';
  expect(first.csp).toBe(
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self' data:; connect-src 'none'`,
  );
  expect(first.text).toContain(`content="${nonce}"`);
  expect(first.text).not.toContain('__CSP_NONCE__');
  expect(second.text).not.toContain(nonce);
  expect(first).toMatchObject({ status: 200, type: 'text/html; charset=utf-8', sniff: 'nosniff' });
});

const outside = [
  '..%2f..%2fpackage.json',
  '../../package.json',
  '%2e%2e/%2e%2e/package.json',
  '..%5c..%5cpackage.json',
  'assets/..%2f..%2f..%2fpackage.json',
  '%252e%252e%252fpackage.json',
  '%2fetc%2fpasswd',
  'index.html%00.js',
  'nothing-here.js',
];

test('a path out of the page, plain or encoded, gives a 4xx', async ({ lockwatch }) => {
  for (const path of outside) {
    const { status, text } = await get(lockwatch, `lockwatch://app/${path}`);
    expect([400, 404], path).toContain(status);
    expect(text).toBe('');
  }
});

test('another host of the scheme is not served', async ({ lockwatch }) => {
  expect((await get(lockwatch, 'lockwatch://elsewhere/index.html')).status).toBe(404);
});

test('an inline script, a remote script and fetch fail by the policy', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const outcome = await page.evaluate(`(async () => {
    const broken = [];
    addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
    const inline = document.createElement('script');
    inline.textContent = 'window.inlineRan = true';
    document.head.append(inline);
    const remote = document.createElement('script');
    const failed = new Promise((resolve) => { remote.onerror = () => resolve(true); remote.onload = () => resolve(false); });
    remote.src = 'https://example.com/x.js';
    document.head.append(remote);
    const style = document.createElement('style');
    style.textContent = 'body { --seen: yes }';
    document.head.append(style);
    const fetched = await fetch('lockwatch://app/index.html').then(() => true, () => false);
    const remoteFailed = await failed;
    await new Promise((resolve) => setTimeout(resolve, 0));
    return {
      inlineRan: 'inlineRan' in window,
      remoteFailed,
      fetched,
      styled: getComputedStyle(document.body).getPropertyValue('--seen'),
      broken: [...new Set(broken)].sort(),
    };
  })()`);
  expect(outcome).toEqual({
    inlineRan: false,
    remoteFailed: true,
    fetched: false,
    styled: '',
    broken: ['connect-src', 'script-src-elem', 'style-src-elem'],
  });
});
