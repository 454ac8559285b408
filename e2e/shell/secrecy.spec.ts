import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { startEstate } from '../../electron/lab/estate';
import { startTestServer } from '../../electron/sources/ssh/testing/ssh-server';
import type { Snapshot } from '../../shared/snapshot';
import { newUserData, removeUserData } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';
import { environmentOfEvidence, filesBelow, processTraces, recordMessages } from '../fixtures/traces';
import { formOf } from '../ui/pages';

const CANARY = 'canary-7391-correct-horse';
const PASSPHRASE = 'canary-5520-passphrase';
const CLOUD_SECRET = 'canary-2846-cloud-secret';
const CLOUD_TOKEN = 'canary-9172-session-token';
const IN_ENVIRONMENT = 'canary-6603-environment';

const fields = (ssh: Record<string, unknown>) => ({
  name: 'web-01',
  group: '',
  tags: [],
  ssh: { host: '127.0.0.1', port: 9, user: 'admin', authentication: { kind: 'password' }, ...ssh },
  jumpHosts: [],
  rdpPort: 3389,
  membership: 'standalone',
  cloud: null,
  watch: 'normal',
});

test('a secret is in no file, no log and no answer', async ({ launch }) => {
  const lockwatch = await launch();
  const page = await lockwatch.page();
  const input = {
    id: null,
    fields: { ...fields({}), watch: 'off' },
    secrets: { instance: CANARY },
    copySecretsFrom: null,
  };
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
  const files = filesBelow(lockwatch.userData);
  expect([...files.keys()].join()).toContain('profiles.json');
  for (const [path, content] of files) expect(content.includes(CANARY), path).toBe(false);
});

test('secrets that are typed and used leave no trace', async ({ launch }) => {
  test.setTimeout(90_000);
  const estateFolder = await newUserData();
  const keyFolder = mkdtempSync(join(tmpdir(), 'lockwatch-key-'));
  chmodSync(keyFolder, 0o755);
  const pair = ssh2.utils.generateKeyPairSync('ecdsa', {
    bits: 256,
    passphrase: PASSPHRASE,
    cipher: 'aes256-ctr',
  });
  writeFileSync(join(keyFolder, 'key'), pair.private, { mode: 0o644 });
  const estate = await startEstate({ dataDir: estateFolder, speed: 20, history: false });
  const keyServer = await startTestServer({ authenticate: ({ method }) => method === 'publickey' });
  try {
    const [instance] = estate.endpoints();
    if (!instance) throw new Error('no practice instance');
    const lockwatch = await launch({
      // Nothing of this may leave the computer: no name is anybody's address.
      args: ['--host-resolver-rules=MAP * ~NOTFOUND'],
      env: {
        ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIcanaryEnvironment',
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: IN_ENVIRONMENT,
      },
    });
    const page = await lockwatch.page();
    await lockwatch.electron.evaluate(({ clipboard }) => clipboard.writeText('what the admin copied'));
    const messages = await recordMessages(lockwatch);
    const snapshot = async (): Promise<Snapshot> =>
      (await page.evaluate(`api.app.snapshot(null).then(({ value }) => value.snapshot)`)) as Snapshot;

    // The password, as a person types it.
    await page.getByRole('button', { name: 'Add instance', exact: true }).click();
    const form = formOf(page);
    for (const [field, text] of [
      ['name', instance.name],
      ['ssh-host', instance.host],
      ['ssh-port', String(instance.port)],
      ['ssh-user', instance.user],
      ['ssh-secret', instance.password],
    ] as const)
      await form.field(field).fill(text);
    await form.drawer.getByRole('button', { name: /^Save/ }).click();
    await expect(form.drawer).toHaveCount(0);

    // The passphrase and the cloud's secrets, through the channels of the forms.
    const key = { kind: 'key', path: join(keyFolder, 'key'), encrypted: true };
    const withKey = {
      id: null,
      fields: { ...fields({ port: keyServer.port, authentication: key }), name: 'by-key' },
      secrets: { instance: PASSPHRASE },
      copySecretsFrom: null,
    };
    const account = {
      id: null,
      name: 'canary',
      accessKeyId: 'LTAIcanary0123456789',
      roleArn: null,
      regions: ['cn-hangzhou'],
      secret: { accessKeySecret: CLOUD_SECRET, securityToken: CLOUD_TOKEN },
    };
    const saved = await page.evaluate(`(async () => [
      await api.profiles.save(${JSON.stringify(withKey)}),
      await api.cloud.saveAccount(${JSON.stringify(account)}),
      await api.cloud.importAccount({ key: 'environment' }),
    ])()`);
    expect(saved).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);

    // Used: both instances are signed on to, and both accounts sign a call that goes nowhere.
    await expect.poll(async () => (await snapshot()).hostKeyQuestions.length, { timeout: 30_000 }).toBe(2);
    for (const { instanceId, key: presented } of (await snapshot()).hostKeyQuestions) {
      const decision = {
        id: instanceId,
        checkId: null,
        hop: 'instance',
        fingerprint: presented.fingerprint,
        decision: 'pin',
      };
      expect(await page.evaluate(`api.hostKeys.decide(${JSON.stringify(decision)})`)).toMatchObject({
        ok: true,
      });
    }
    const connections = async () => (await snapshot()).fleet.map(({ connection }) => connection);
    await expect.poll(connections, { timeout: 30_000 }).toContain('following');
    await expect.poll(() => keyServer.commands.length, { timeout: 30_000 }).toBeGreaterThan(0);
    for (const { id } of (await snapshot()).cloudAccounts)
      expect(await page.evaluate(`api.cloud.checkAccount({ id: '${id}' })`)).toMatchObject({
        ok: false,
        error: { code: 'cloud.network' },
      });

    const canaries = secretsOf(instance.password);
    const traces = await processTraces(lockwatch);
    const sent = await messages.all();
    expect(sent).toContain('state.changed');
    expect(sent).toContain('profiles.save');
    for (const [name, canary] of Object.entries(canaries)) {
      expect(sent.includes(canary), `${name} in a message to the window`).toBe(false);
      for (const { type, commandLine } of traces)
        expect(commandLine.includes(canary), `${name} in the command line of ${type}`).toBe(false);
    }
    expect(traces.filter(({ name }) => name === 'Lockwatch evidence')).toHaveLength(1);
    expect(await page.evaluate(`document.documentElement.outerHTML`)).not.toContain('canary-');
    expect(await lockwatch.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(
      'what the admin copied',
    );
    const environment = await environmentOfEvidence(lockwatch);
    expect(environment).toHaveProperty('HOME');
    for (const [name, canary] of Object.entries(canaries))
      expect(Object.values(environment).join().includes(canary), `${name} in the environment`).toBe(false);
    await lockwatch.quit();
    const files = filesBelow(lockwatch.userData);
    expect([...files.keys()].map((path) => path.slice(lockwatch.userData.length + 1))).toEqual(
      expect.arrayContaining(['profiles.json', 'cloud-accounts.json', 'evidence.db', 'logs/main.log']),
    );
    for (const [path, content] of files)
      for (const [name, canary] of Object.entries(canaries))
        for (const form of [canary, Buffer.from(canary).toString('base64'), Buffer.from(canary, 'utf16le')])
          expect(content.includes(form), `${name} in ${path}`).toBe(false);
  } finally {
    await keyServer.close();
    await estate.stop();
    await removeUserData(keyFolder);
    await removeUserData(estateFolder);
  }
});

const secretsOf = (password: string) => ({
  password,
  passphrase: PASSPHRASE,
  'cloud secret': CLOUD_SECRET,
  'session token': CLOUD_TOKEN,
  'secret of the environment': IN_ENVIRONMENT,
});
