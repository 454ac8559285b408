import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/test';

const CANARY = 'canary-7391-correct-horse';

test('a secret is in no file, no log and no answer', async ({ launch }) => {
  const lockwatch = await launch();
  const page = await lockwatch.page();
  const fields = {
    name: 'web-01',
    group: '',
    tags: [],
    ssh: { host: '127.0.0.1', port: 9, user: 'admin', authentication: { kind: 'password' } },
    jumpHosts: [],
    rdpPort: 3389,
    membership: 'standalone',
    cloud: null,
    watch: 'off',
  };
  const input = { id: null, fields, secrets: { instance: CANARY }, copySecretsFrom: null };
  const answers = await page.evaluate(`(async () => [
    await api.profiles.save(${JSON.stringify(input)}),
    await api.profiles.save({ ...${JSON.stringify(input)}, fields: { name: '${CANARY}' } }),
    await api.app.snapshot(null),
  ])()`);
  expect(answers).toMatchObject([
    { ok: true },
    { ok: false, error: { code: 'app.invalidArgument' } },
    { ok: true },
  ]);
  expect(JSON.stringify(answers)).not.toContain(CANARY);
  await lockwatch.quit();
  const files = readdirSync(lockwatch.userData, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.map(({ name }) => name)).toContain('profiles.json');
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    expect(readFileSync(path).includes(CANARY), path).toBe(false);
  }
});
