import { expect, test } from '../fixtures/test';
import { isolationOf } from '../isolation/isolation-page';
import { dataFor, INSTANCE, startOwnCloud } from '../isolation/own-cloud';
import { ACCOUNT, drillOf, NAME } from './drill-page';
import { accountOf, watch, withEstate } from './own-drill';

const shop = INSTANCE.name;

test('a checklist goes on where it was when the app is started again', async ({ launch }) => {
  test.setTimeout(4 * 60_000);
  const cloud = await startOwnCloud();
  try {
    await withEstate(async (estate) => {
      const options = await dataFor(cloud, 'Ann');
      const first = await launch(options);
      const page = await first.page();
      const before = drillOf(first, page, shop);
      await watch({ page, userData: options.userData }, estate, shop);
      await estate.trigger({ kind: 'attack', instance: NAME });
      await expect.poll(() => accountOf(estate), { timeout: 90_000 }).toBe('locked');
      await expect
        .poll(before.tray, { timeout: 60_000 })
        .toBe(`${ACCOUNT} on ${shop}, next: record the rules`);
      await before.pressTray();
      await before.press('isolated', 'Isolate…');
      const isolation = isolationOf(page);
      await isolation.confirm('Isolate');
      await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
      await isolation.close();
      await estate.trigger({ kind: 'stopAttack', instance: NAME });
      await before.expectTicked('originalsRecorded');
      await before.expectTicked('isolated');
      await before.expectNext('consoleOpened');
      const left = await before.checklist();
      await first.quit();

      const second = await launch(options);
      const again = drillOf(second, await second.page(), shop);
      await expect
        .poll(again.tray, { timeout: 60_000 })
        .toBe(`${ACCOUNT} on ${shop}, next: open the console`);
      await again.pressTray();
      await again.expectNext('consoleOpened');
      const found = await again.checklist();
      expect(found?.incidentId).toBe(left?.incidentId);
      const ticks = (checklist: typeof left) =>
        checklist?.steps[0]?.parts.map(({ id, state, by, who, atMs }) => ({ id, state, by, who, atMs }));
      expect(ticks(found)).toEqual(ticks(left));
      expect(ticks(found)?.map(({ state }) => state)).toEqual(['done', 'done']);
      await second.screenshot('drill-restarted');

      // And it goes on: what is done at the instance now is seen.
      await estate.trigger({ kind: 'consoleSignIn', instance: NAME, account: ACCOUNT });
      await again.expectTicked('consoleSignIn');
      await again.expectTicked('accountUnlocked');
      await expect.poll(again.tray).toBe(`${ACCOUNT} on ${shop}, next: let trusted addresses in`);
    });
  } finally {
    await cloud.stop();
  }
});
