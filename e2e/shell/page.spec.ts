import { expect, test } from '../fixtures/test';

test('in page, require and process are undefined', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const types = await page.evaluate(
    `[typeof require, typeof process, typeof module, typeof Buffer, typeof global, 'ipcRenderer' in window]`,
  );
  expect(types).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'undefined', false]);
});
