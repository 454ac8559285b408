import { closeWindow, notificationsOf, trayOf, windowStateOf } from '../fixtures/hooks';
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

  await expect
    .poll(async () => (await snapshot()).fleet.map(({ status }) => status), { timeout: 30_000 })
    .not.toContain('unknown');
  expect(await snapshot()).toMatchObject({
    app: { practice: true },
    evidenceProcess: 'running',
    hostKeyQuestions: [],
  });

  await expect.poll(titles, { timeout: 60_000 }).toContain('notification.imminent.title');
  await expect.poll(async () => (await trayOf(lockwatch))?.status, { timeout: 60_000 }).toBe('locked');
  await lockwatch.screenshot('practice-locked');
  const tray = await trayOf(lockwatch);
  expect(tray).toMatchObject({ count: 1, summary: { key: 'tray.summary.locked' } });
  expect(tray?.items[0]).toMatchObject({ kind: 'note', label: { key: 'tray.practice' } });
  expect(tray?.items[1]).toMatchObject({
    label: {
      key: expect.stringContaining('tray.account.locked'),
      params: { account: 'Administrator', instance: 'web-01' },
    },
  });
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
