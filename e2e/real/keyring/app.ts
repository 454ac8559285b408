import { join } from 'node:path';
import { app } from 'electron';
import { createOsCipher } from '../../../electron/secrets/os-cipher';
import { createVault } from '../../../electron/secrets/vault';
import { createDiskFiles } from '../../../electron/storage/atomic-file';

/** The app's vault on the real `safeStorage`, doing what the environment asks and printing what came of it. */
async function run(): Promise<unknown> {
  const vault = createVault({
    path: join(app.getPath('userData'), 'secrets.json'),
    files: createDiskFiles(),
    cipher: createOsCipher(),
    now: Date.now,
  });
  const notices = (await vault.start()).map((notice) => notice.message.key);
  const slot = {
    instanceId: '00000000-0000-4000-8000-000000000001',
    hop: 'instance',
    place: 'here',
  } as const;
  const { KEYRING_SET: text } = process.env;
  const set = text === undefined ? null : await vault.set(slot, 'password', text);
  return {
    state: vault.state(),
    notices,
    set: set?.ok ?? null,
    slot: vault.stateOf(slot, 'password'),
    secret: await vault.get(slot, 'password'),
  };
}

void app.whenReady().then(async () => {
  process.stdout.write(`\nRESULT ${JSON.stringify(await run())}\n`);
  app.quit();
});
