import { X509Certificate } from 'node:crypto';
import type { ElectronApplication, Page } from 'playwright';
import { startDomainController } from '../../e2e/real/directory/samba/domain-controller';
import { bindLogon } from '../../e2e/real/directory/samba/logons';
import { ADMIN_PASSWORD, ownLoopbackAddress } from '../../e2e/real/directory/samba/provision';
import { rootDir } from '../../scripts/runtime.mjs';
import type { WindowApi } from '../../shared/api';
import type { DirectoryInput } from '../../shared/directory-contract';
import { startApp, temporaryFolder, until } from '../lib/electron-app';
import { atMost, type Figure, measured, median } from '../lib/figure';
import { snapshotOf } from '../lib/snapshot';
import { fieldsOf } from './own-connection';

const RUNS = 30;
const THRESHOLD = 3;
const PASSWORD = 'Right-Pass.1';
const CONNECTED_SECONDS = 60;
const TOLD_SECONDS = 30;
/** Runs begin at different moments of a poll. */
const SPREAD_MS = 1000;

interface Shown {
  readonly title: string;
  readonly atMs: number;
}
type WithShown = typeof globalThis & { shownInBench: Shown[] };
type WithApi = { readonly api: WindowApi };

/** Notes when main hands a notification to the system. */
const noteNotifications = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ Notification }) => {
    const shown: Shown[] = [];
    (globalThis as WithShown).shownInBench = shown;
    const { show } = Notification.prototype;
    Notification.prototype.show = function (this: Electron.Notification) {
      show.call(this);
      shown.push({ title: this.title, atMs: Date.now() });
    };
  });

async function addDirectory(page: Page, input: DirectoryInput<'save'>, fingerprint: string): Promise<void> {
  const saved = await page.evaluate(
    (asked) => (globalThis as unknown as WithApi).api.directory.save(asked),
    input,
  );
  if (!saved.ok) throw new Error(saved.error.code);
  const { id } = saved.value;
  const question = await until('a certificate to decide on', CONNECTED_SECONDS, async () =>
    (await snapshotOf(page)).certificateQuestions.find(({ directoryId }) => directoryId === id),
  );
  if (question.certificate.fingerprint !== fingerprint) throw new Error("not the controller's certificate");
  const { host } = question.certificate;
  const decided = await page.evaluate(
    (asked) => (globalThis as unknown as WithApi).api.directory.decideCertificate(asked),
    { id, checkId: null, host, fingerprint, decision: 'pin' as const },
  );
  if (!decided.ok) throw new Error(decided.error.code);
  await until('the domain to be read', CONNECTED_SECONDS, async () => {
    const [view] = (await snapshotOf(page)).directories;
    return view?.connection === 'following' && view.status === 'clear' ? true : undefined;
  });
}

/** From a lock on a real controller, by another client's real failed binds, to the app's notification. */
export async function benchLockToNotification(): Promise<Figure[]> {
  const dc = await startDomainController({ address: ownLoopbackAddress() });
  const names = Array.from({ length: RUNS }, (_, n) => `user${String(n).padStart(2, '0')}`);
  await dc.database.policy({ threshold: THRESHOLD, windowMinutes: 30, durationMinutes: 30 });
  await dc.database.addUsers(names.map((name) => ({ name, password: PASSWORD })));
  const running = await startApp(rootDir, temporaryFolder('directory'));
  try {
    const page = await running.app.firstWindow();
    const { fingerprint256 } = new X509Certificate(dc.certificate());
    await addDirectory(page, { id: null, fields: fieldsOf(dc), password: ADMIN_PASSWORD }, fingerprint256);
    await noteNotifications(running.app);
    const waits: number[] = [];
    for (const [n, name] of names.entries()) {
      await new Promise((resolve) => setTimeout(resolve, (((n * 7) % RUNS) / RUNS) * SPREAD_MS));
      for (let failed = 1; failed < THRESHOLD; failed++) await bindLogon(dc, name, 'wrong');
      const sentAtMs = Date.now();
      await bindLogon(dc, name, 'wrong');
      const told = await until(`the notification of ${name}`, TOLD_SECONDS, () =>
        running.app.evaluate(
          (_electron, account) =>
            (globalThis as WithShown).shownInBench.find(
              ({ title }) => title === `${account} on Lab is locked`,
            ),
          name,
        ),
      );
      const { result } = await bindLogon(dc, name, PASSWORD);
      if (result !== 'lockedOut') throw new Error(`${name} was told to be locked, and is not: ${result}`);
      waits.push(told.atMs - sentAtMs);
    }
    waits.sort((a, b) => a - b);
    const p95 = waits[Math.ceil(RUNS * 0.95) - 1] ?? Number.NaN;
    const how = `${RUNS} accounts locked one after the other by failed LDAP binds of another client; from the sending of the bind that locks to main handing the notification to the system; the app with default settings, the directory watched closely`;
    return [
      atMost('directory.lockToNotification.p95', p95 / 1000, 's', 2, how),
      measured('directory.lockToNotification.median', median(waits) / 1000, 's', 'the median of the same'),
    ];
  } finally {
    await running.close();
    await dc.dispose();
  }
}
