import { closeWindow, labOf, notificationsOf, trayOf, windowStateOf } from '../fixtures/hooks';
import { expect, test } from '../fixtures/test';

test('an account locks in the practice lab: tray, notification, window and sleep', async ({ launch }) => {
  test.setTimeout(150_000);
  const lockwatch = await launch({ args: ['--lab', '--once'] });
  const page = await lockwatch.page();
  const snapshot = async () => {
    const answer = (await page.evaluate('api.app.snapshot(null)')) as {
      value: { snapshot: import('../../shared/snapshot').Snapshot };
    };
    return answer.value.snapshot;
  };
  const titles = async () =>
    (await notificationsOf(lockwatch))
      .filter(({ outcome }) => outcome === 'shown')
      .map(({ value }) => value.title.key);

  // At first there is no instance at all.
  const read = async (): Promise<boolean> => {
    const { fleet } = await snapshot();
    return fleet.length > 0 && fleet.every(({ status }) => status !== 'unknown');
  };
  await expect.poll(read, { timeout: 30_000 }).toBe(true);
  expect(await snapshot()).toMatchObject({
    app: { practice: true },
    evidenceProcess: 'running',
    hostKeyQuestions: [],
  });

  await expect.poll(titles, { timeout: 60_000 }).toContain('notification.imminent.title');
  const locked = {
    key: expect.stringContaining('tray.account.locked'),
    params: expect.objectContaining({ account: 'Administrator', instance: 'web-01' }),
  };
  await expect
    .poll(async () => (await trayOf(lockwatch))?.items, { timeout: 60_000 })
    .toContainEqual(expect.objectContaining({ label: expect.objectContaining(locked) }));
  await lockwatch.screenshot('practice-locked');
  // The practice domain has locked accounts from its start; the lab itself says how many there are in all.
  const lockedInAll = async () => {
    const truth = (await labOf(lockwatch))?.state;
    const here = truth?.instances
      .flatMap(({ accounts }) => accounts)
      .filter(({ state }) => state === 'locked');
    return (here?.length ?? 0) + (truth?.directory?.locked.length ?? 0);
  };
  await expect
    .poll(async () => {
      const count = (await trayOf(lockwatch))?.count;
      return count === (await lockedInAll()) && count > 0;
    })
    .toBe(true);
  const tray = await trayOf(lockwatch);
  expect(tray).toMatchObject({ status: 'locked', summary: { key: 'tray.summary.locked' } });
  expect(tray?.items[0]).toMatchObject({ kind: 'note', label: { key: 'tray.practice' } });
  await expect.poll(titles).toContain('notification.lockout.title');

  // Asleep and awake again: at once nothing that was read before is believed.
  await lockwatch.electron.evaluate(({ powerMonitor }) => {
    (powerMonitor as NodeJS.EventEmitter).emit('suspend');
    (powerMonitor as NodeJS.EventEmitter).emit('resume');
  });
  await expect
    .poll(async () => (await snapshot()).fleet.some(({ status }) => status === 'unknown'))
    .toBe(true);
  await expect
    .poll(async () => (await snapshot()).fleet.every(({ status }) => status !== 'unknown'), {
      timeout: 30_000,
    })
    .toBe(true);

  // With the window gone, watching and telling go on.
  await closeWindow(lockwatch);
  await expect.poll(() => windowStateOf(lockwatch)).toBe('hidden');
  await expect.poll(titles, { timeout: 60_000 }).toContain('notification.unlock.title');
});
