import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cliImportSchema } from '../../../shared/cloud';
import { createTranslator } from '../../../shared/messages/format';
import { parseCliConfig } from './cli-config';
import { environmentKey } from './key-material';
import { readCliConfig } from './read-cli-config';

const CANARY = 'canarySecret5Vn';
const profile = (fields: Record<string, unknown>) => ({
  name: 'p',
  mode: 'AK',
  access_key_id: 'keyId',
  access_key_secret: CANARY,
  region_id: 'eu-central-1',
  ...fields,
});
const config = (...profiles: Record<string, unknown>[]) => JSON.stringify({ current: 'p', profiles });
const first = (fields: Record<string, unknown>) => parseCliConfig(config(profile(fields)), undefined)?.[0];

describe('a profile of the command line', () => {
  it('with an access key', () => {
    expect(first({ sts_token: 'left over' })).toEqual({
      summary: {
        name: 'p',
        mode: 'AK',
        current: true,
        accessKeyId: 'keyId',
        roleArn: null,
        region: 'eu-central-1',
        refusal: null,
      },
      key: { accessKeyId: 'keyId', accessKeySecret: CANARY, securityToken: null },
      role: null,
    });
  });

  it('with a token', () => {
    expect(first({ mode: 'StsToken', sts_token: 'token' })?.key).toMatchObject({ securityToken: 'token' });
  });

  it('with a role', () => {
    const arn = 'acs:ram::1234567890123456:role/ops';
    expect(
      first({ mode: 'RamRoleArn', ram_role_arn: arn, ram_session_name: 's-1', expired_seconds: 1800 }),
    ).toMatchObject({
      summary: { refusal: null, roleArn: arn },
      role: { arn, sessionName: 's-1', externalId: null, durationSeconds: 1800 },
    });
    expect(first({ mode: 'RamRoleArn', ram_role_arn: arn })?.role).toMatchObject({
      sessionName: 'lockwatch',
      durationSeconds: 3600,
    });
  });

  it.each([
    [{ access_key_secret: '' }],
    [{ access_key_id: 'a,b' }],
    [{ access_key_secret: 'a\nb' }],
    [{ mode: 'StsToken', sts_token: '' }],
    [{ mode: 'RamRoleArn', ram_role_arn: 'nonsense' }],
  ])('that lacks a part is refused: %j', (fields) => {
    expect(first(fields)).toMatchObject({
      summary: { refusal: { key: 'error.cloud.cliMode', params: { mode: 'incomplete' } } },
      key: null,
    });
  });

  it.each([
    'EcsRamRole',
    'RsaKeyPair',
    'RamRoleArnWithRoleName',
    'ChainableRamRoleArn',
    'External',
    'CredentialsURI',
    'OIDC',
    'CloudSSO',
    'OAuth',
    'BearerToken',
    'Anonymous',
    'SomethingNew',
  ])('of mode %s is refused with its reason', (mode) => {
    const found = first({ mode, process_command: `touch ${CANARY}`, credentials_uri: `http://${CANARY}` });
    expect(found).toMatchObject({ key: null, role: null, summary: { refusal: { params: { mode } } } });
    expect(JSON.stringify(found)).not.toContain(CANARY);
    const words = createTranslator('en-US')('error.cloud.cliMode', { mode });
    expect(words).toMatch(/^[^{}]{20,}\.$/);
    expect(words.includes('not known')).toBe(mode === 'SomethingNew');
  });

  it('is the current one by the file, or by the environment', () => {
    const text = config(profile({ name: 'p' }), profile({ name: 'q' }));
    const current = (chosen?: string) =>
      parseCliConfig(text, chosen)?.flatMap((one) => (one.summary.current ? one.summary.name : []));
    expect(current()).toEqual(['p']);
    expect(current('q')).toEqual(['q']);
  });

  it.each(['', '[]', '{', '{"profiles":{}}', '{"profiles":[1]}'])('is not in %j', (text) => {
    expect(parseCliConfig(text, undefined)).toBeNull();
  });
});

describe('the file of the command line', () => {
  const homes: string[] = [];
  afterEach(() => {
    for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
  });
  function home(text: string, mode = 0o600): string {
    const folder = mkdtempSync(join(tmpdir(), 'lockwatch-cli-'));
    homes.push(folder);
    mkdirSync(join(folder, '.aliyun'));
    writeFileSync(join(folder, '.aliyun', 'config.json'), text);
    chmodSync(join(folder, '.aliyun', 'config.json'), mode);
    return folder;
  }
  const read = (folder: string, platform: NodeJS.Platform = 'linux') =>
    readCliConfig({ home: folder, platform, environment: {} });

  it('is read and left exactly as it was', async () => {
    const text = `\uFEFF${config(profile({}))}`;
    const folder = home(text);
    const file = join(folder, '.aliyun', 'config.json');
    const before = statSync(file).mtimeMs;
    const found = await read(folder);
    expect(found).toMatchObject({ ok: true, value: { file, warnings: [] } });
    if (!found.ok) return;
    const shown = cliImportSchema.parse({
      ...found.value,
      profiles: found.value.candidates.map((one) => one.summary),
    });
    expect(JSON.stringify(shown)).not.toContain(CANARY);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(statSync(file).mtimeMs).toBe(before);
  });

  it('is warned about when others can read it', async () => {
    const folder = home(config(profile({})), 0o644);
    expect(await read(folder)).toMatchObject({ value: { warnings: [{ key: 'error.cloud.cliConfigOpen' }] } });
    expect(await read(folder, 'win32')).toMatchObject({ value: { warnings: [] } });
  });

  it('may be missing or something else, and then says nothing of its content', async () => {
    expect(await read(join(tmpdir(), 'lockwatch-nowhere'))).toMatchObject({
      error: { code: 'cloud.cliConfigMissing' },
    });
    const broken = await read(home(`{"${CANARY}`));
    expect(broken).toMatchObject({ error: { code: 'cloud.cliConfigUnreadable' } });
    expect(JSON.stringify(broken)).not.toContain(CANARY);
    expect(await read(home(' '.repeat(1024 * 1024 + 1)))).toMatchObject({
      error: { code: 'cloud.cliConfigUnreadable' },
    });
  });
});

describe('the variables of the environment', () => {
  const base = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'keyId', ALIBABA_CLOUD_ACCESS_KEY_SECRET: CANARY };
  it('give a key when both parts are there', () => {
    expect(environmentKey(base)).toEqual({
      accessKeyId: 'keyId',
      accessKeySecret: CANARY,
      securityToken: null,
    });
    expect(environmentKey({ ...base, ALIBABA_CLOUD_SECURITY_TOKEN: 'token' })?.securityToken).toBe('token');
    expect(environmentKey({ ...base, ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined })).toBeNull();
    expect(environmentKey({})).toBeNull();
  });
});
