import { notificationsOf, trayOf } from '../fixtures/hooks';
import { expect, test } from '../fixtures/test';
import { isolationOf, snapshotOf } from './isolation-page';
import { dataFor, GROUP, INSTANCE, internetReaches, startOwnCloud } from './own-cloud';

test('an isolation made by another admin is shown as theirs, and can be undone here', async ({ launch }) => {
  test.setTimeout(180_000);
  const standIn = await startOwnCloud();
  try {
    const original = standIn.rulesOf(GROUP);
    const ann = await launch(await dataFor(standIn, 'Ann'));
    const hers = isolationOf(await ann.page());
    await hers.open(INSTANCE.name);
    await hers.act('Isolate…');
    await hers.dialog.getByLabel('Reason').fill('Guessing seen by Ann');
    await hers.confirm('Isolate');
    await expect(hers.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
    expect(internetReaches(standIn, 3389)).toBe(false);
    expect(internetReaches(standIn, 443)).toBe(true);
    await ann.quit();

    const ben = await launch(await dataFor(standIn, 'Ben'));
    const page = await ben.page();
    const his = isolationOf(page);
    await his.open(INSTANCE.name);
    await expect(his.mark).toHaveAttribute('data-isolation', 'foreign');
    await expect(page.getByText('Guessing seen by Ann')).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: /^Ann$/ })).toBeVisible();
    await expect
      .poll(async () => (await notificationsOf(ben)).map(({ value }) => value.title))
      .toContainEqual({
        key: 'notification.isolation.foreign.title',
        params: { instance: INSTANCE.name, by: 'Ann' },
      });
    await expect
      .poll(async () => (await trayOf(ben))?.items)
      .toContainEqual(
        expect.objectContaining({
          label: { key: 'tray.isolation.foreign', params: { instance: INSTANCE.name, by: 'Ann' } },
        }),
      );
    await ben.screenshot('isolation-foreign');

    await his.act('Undo…');
    const typed = his.dialog.getByLabel(`Type ${INSTANCE.name} to confirm`);
    await typed.fill(INSTANCE.name);
    await his.confirm('Undo');
    await expect(his.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
    expect(internetReaches(standIn, 3389)).toBe(true);
    expect(standIn.rulesOf(GROUP)).toEqual(original);
    expect(standIn.groupsOf(INSTANCE.id)).toEqual([GROUP]);
  } finally {
    await standIn.stop();
  }
});

test('the app is killed in the middle of a call; at the next start the admin goes on and undoes', async ({
  launch,
}) => {
  test.setTimeout(180_000);
  let reached: () => void = () => undefined;
  let goOn: () => void = () => undefined;
  const atCall = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const standIn = await startOwnCloud({
    // The rules of the new group are there, and their answer never arrives.
    after: async ({ action }) => {
      if (action !== 'AuthorizeSecurityGroup') return;
      reached();
      await held;
    },
  });
  try {
    const original = standIn.rulesOf(GROUP);
    const data = await dataFor(standIn, 'Ann');
    const first = await launch(data);
    const before = isolationOf(await first.page());
    await before.open(INSTANCE.name);
    await before.act('Isolate…');
    await before.confirm('Isolate');
    await atCall;
    await first.kill();
    goOn();

    const second = await launch(data);
    const page = await second.page();
    const after = isolationOf(page);
    await after.open(INSTANCE.name);
    await expect(after.mark).toHaveAttribute('data-isolation', 'needsAttention', { timeout: 30_000 });
    expect(
      (await snapshotOf(page)).isolation.find(({ instance }) => instance.instanceId === INSTANCE.id),
    ).toMatchObject({ state: 'needsAttention', attention: { key: 'isolation.run.interrupted' } });
    await expect
      .poll(async () => (await notificationsOf(second)).map(({ value }) => value.title.key))
      .toContain('notification.isolation.attention.title');
    await second.screenshot('isolation-interrupted');

    await after.act('Resume');
    await expect(after.mark).toHaveAttribute('data-isolation', 'isolated', { timeout: 60_000 });
    expect(internetReaches(standIn, 3389)).toBe(false);
    expect(internetReaches(standIn, 443)).toBe(true);
    // The interrupted call was not made a second time: one group, and no rule twice.
    const [, overlay] = standIn.groupsOf(INSTANCE.id);
    if (overlay === undefined) throw new Error('No denying group is attached');
    const rules = standIn
      .rulesOf(overlay)
      .map(({ id: _id, createTime: _at, ...rule }) => JSON.stringify(rule));
    expect(new Set(rules).size).toBe(rules.length);
    await second.screenshot('isolation-resumed');

    await after.act('Undo…');
    await after.dialog.getByLabel(`Type ${INSTANCE.name} to confirm`).fill(INSTANCE.name);
    await after.confirm('Undo');
    await expect(after.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
    expect(standIn.rulesOf(GROUP)).toEqual(original);
    expect(standIn.groupsOf(INSTANCE.id)).toEqual([GROUP]);
    expect([...standIn.state.groups.keys()]).toEqual([GROUP]);
  } finally {
    goOn();
    await standIn.stop();
  }
});
