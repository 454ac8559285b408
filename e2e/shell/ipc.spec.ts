import { inHostileWindow } from '../fixtures/hostile-window';
import { expect, test } from '../fixtures/test';

const ask = `hostile.invoke('request:app.snapshot', null)`;
const rejected = { value: { ok: false, error: { code: 'app.senderRejected' } } };
const refusals = (log: readonly Record<string, unknown>[]) =>
  log.filter(({ event }) => event === 'ipc.refused').map(({ reason }) => reason);

test('a channel rejects a foreign origin', async ({ lockwatch }) => {
  await lockwatch.page();
  expect(await inHostileWindow(lockwatch, { url: 'about:blank', script: ask })).toMatchObject(rejected);
  await expect.poll(() => refusals(lockwatch.log())).toEqual(['foreignOrigin']);
});

test('a channel rejects a subframe, even of the own origin', async ({ lockwatch }) => {
  await lockwatch.page();
  const own = 'lockwatch://app/index.html';
  const answer = await inHostileWindow(lockwatch, { url: 'about:blank', frame: own, script: ask });
  expect(answer).toMatchObject(rejected);
  await expect.poll(() => refusals(lockwatch.log())).toContain('subframe');
});

test('a channel rejects a window that the app did not make', async ({ lockwatch }) => {
  await lockwatch.page();
  const answer = await inHostileWindow(lockwatch, { url: 'lockwatch://app/index.html', script: ask });
  expect(answer).toMatchObject(rejected);
  await expect.poll(() => refusals(lockwatch.log())).toContain('unknownWindow');
});

test('there is no unknown channel', async ({ lockwatch }) => {
  await lockwatch.page();
  for (const channel of ['request:app.explode', 'app.snapshot', 'request:__proto__.x']) {
    const script = `hostile.invoke(${JSON.stringify(channel)}, null)`;
    expect(await inHostileWindow(lockwatch, { url: 'lockwatch://app/index.html', script })).toEqual({
      rejected: expect.stringContaining('No handler registered'),
    });
  }
});

test('a channel rejects the wrong shape', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  for (const input of [`{ id: 5 }`, `null`, `undefined`, `'x'`, `{ id: 'x'.repeat(1e6) }`]) {
    expect(await page.evaluate(`api.instance.refresh(${input})`)).toMatchObject({
      ok: false,
      error: { code: 'app.invalidArgument' },
    });
  }
});

test('the own page is answered', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  expect(await page.evaluate(`api.app.snapshot(null)`)).toMatchObject({
    ok: true,
    value: { seq: expect.any(Number), snapshot: { app: { practice: false } } },
  });
});
