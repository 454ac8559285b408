import { expect, test } from '../fixtures/test';

test('without a vault of the system, the window says that secrets stay in memory, once', async ({
  launch,
}) => {
  const lockwatch = await launch({ args: ['--password-store=basic'] });
  const page = await lockwatch.page();
  expect(await page.evaluate('api.app.snapshot(null)')).toMatchObject({
    value: { snapshot: { vault: { kind: 'memory', backend: 'basic_text' }, notices: [] } },
  });
});
