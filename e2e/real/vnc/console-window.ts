import { expect, type Page } from '@playwright/test';
import type { WindowApi } from '../../../shared/api';
import type { ProfileFields, SshEndpoint, Vnc } from '../../../shared/instance';
import type { LockwatchApp } from '../../fixtures/lockwatch-app';

type WithApi = typeof globalThis & { api: WindowApi };

const NOWHERE: SshEndpoint = {
  host: '127.0.0.1',
  port: 1,
  user: 'nobody',
  authentication: { kind: 'agent' },
};

/** Until the process that connects is there. */
const running = (page: Page): Promise<void> =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        const answer = await (globalThis as WithApi).api.app.snapshot(null);
        return answer.ok && answer.value.snapshot.evidenceProcess;
      }),
    )
    .toBe('running');

/** Adds an instance whose screen this VNC server shows; nothing is watched. */
export async function addInstance(
  page: Page,
  vnc: Vnc,
  way: Partial<Pick<ProfileFields, 'ssh' | 'jumpHosts'>> = {},
): Promise<string> {
  const fields: ProfileFields = {
    name: 'web-01',
    group: '',
    tags: [],
    ssh: NOWHERE,
    jumpHosts: [],
    rdpPort: 3389,
    membership: 'standalone',
    cloud: null,
    vnc,
    watch: 'off',
    ...way,
  };
  await running(page);
  return page.evaluate(async (given) => {
    const saved = await (globalThis as WithApi).api.profiles.save({
      id: null,
      fields: given,
      secrets: {},
      copySecretsFrom: null,
    });
    if (!saved.ok) throw new Error(saved.error.code);
    return saved.value.id;
  }, fields);
}

/** Opens the VNC console as the main window does, and gives its page. */
export async function openConsole({ electron }: LockwatchApp, page: Page, id: string): Promise<Page> {
  const opened = electron.waitForEvent('window');
  const answer = await page.evaluate(
    (given) => (globalThis as WithApi).api.console.open({ id: given, kind: 'vnc' }),
    id,
  );
  if (!answer.ok) throw new Error(answer.error.code);
  const console = await opened;
  await console.waitForLoadState('load');
  return console;
}

/** Connects once to ask for the host key, and pins what is shown, as the admin does. */
export async function pinHostKeys(page: Page, id: string): Promise<void> {
  await page.evaluate(async (given) => {
    const { api } = globalThis as WithApi;
    for (;;) {
      const question = await new Promise<{ checkId: string; hop: 'instance'; fingerprint: string } | null>(
        (resolve, reject) => {
          const stop = api.on.check.progress((report) => {
            if (report.finishedAtMs === null) return;
            stop();
            const key = report.hostKeyQuestion?.key;
            if (!key) return resolve(null);
            resolve({ checkId: report.checkId, hop: key.hop as 'instance', fingerprint: key.fingerprint });
          });
          void api.check.start({ kind: 'saved', id: given }).then((started) => {
            if (!started.ok) reject(new Error(started.error.code));
          });
        },
      );
      if (!question) return;
      const decided = await api.hostKeys.decide({ id: given, decision: 'pin', ...question });
      if (!decided.ok) throw new Error(decided.error.code);
    }
  }, id);
}
