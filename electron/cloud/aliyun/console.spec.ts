import { afterEach, describe, expect, it } from 'vitest';
import { createEcsStandIn, type EcsStandIn, STAND_IN_KEY } from '../../lab/ecs/stand-in';
import { systemClock } from '../../watch/clock';
import { fixedCredentials } from '../testing/stub-cloud';
import { createAliyunClient } from './client';
import { readVncUrl } from './console';
import { createEcsProvider } from './ecs-provider';

const ref = { region: 'cn-hangzhou', instanceId: 'i-1' };
const { signal } = new AbortController();
let standIn: EcsStandIn | undefined;

afterEach(async () => {
  await standIn?.stop();
  standIn = undefined;
});

async function providerFor(pageEndpoint: string | null = null) {
  standIn = createEcsStandIn({
    estate: { groups: [], instances: [{ id: 'i-1', name: 'web', interfaces: [] }] },
  });
  await standIn.start();
  const client = createAliyunClient({
    fetch: (url, init) => fetch(url, init),
    clock: systemClock,
    credentials: fixedCredentials({
      accessKeyId: STAND_IN_KEY.id,
      accessKeySecret: STAND_IN_KEY.secret,
      securityToken: null,
    }),
    newNonce: () => crypto.randomUUID(),
    jitter: () => 0,
    endpoint: standIn.endpoint,
  });
  return createEcsProvider({ client, clock: systemClock, endpoint: pageEndpoint });
}

describe('the address of a console', () => {
  it("is the provider's page with the address as the cloud gave it, encoded once", async () => {
    const provider = await providerFor();
    const before = Date.now();
    const address = await provider.consoleUrl(ref, signal);
    if (!address.ok) throw new Error(address.error.code);
    const { url, page, hosts, socket, validUntilMs } = address.value;
    expect(page).toBe('https://g.alicdn.com/aliyun/ecs-console-vnc2/0.0.8/index.html');
    expect(url().slice(0, url().indexOf('='))).toBe(`${page}?vncUrl`);
    expect(url()).toMatch(/\?vncUrl=wss%3A%2F%2F[^&]*&instanceId=i-1&isWindows=true$/);
    const given = new URL(url()).searchParams.get('vncUrl') ?? '';
    expect(given).toMatch(/^wss:\/\/vnc\.stand-in\.invalid\/websockify\/\?s=/);
    expect(socket).toBe('wss://vnc.stand-in.invalid');
    expect(hosts).toEqual(['*.alicdn.com']);
    expect(validUntilMs - before).toBeGreaterThanOrEqual(15_000);
    expect(JSON.stringify(address)).not.toContain('websockify');
  });

  it('leads to a page beside the stand-in when the cloud is one on this computer', async () => {
    const provider = await providerFor('http://127.0.0.1:4711');
    const address = await provider.consoleUrl(ref, signal);
    expect(address).toMatchObject({
      ok: true,
      value: { page: 'http://127.0.0.1:4711/aliyun/ecs-console-vnc2/0.0.8/index.html', hosts: [] },
    });
  });

  it('is not to be had while the instance does not run', async () => {
    const provider = await providerFor();
    standIn?.setInstance('i-1', { status: 'Stopped' });
    expect(await provider.consoleUrl(ref, signal)).toMatchObject({
      ok: false,
      error: { code: 'cloud.conflict' },
    });
  });

  it('says which permission is missing', async () => {
    const provider = await providerFor();
    standIn?.setKey({
      ...STAND_IN_KEY,
      securityToken: null,
      expiresAtMs: null,
      denied: new Set(['ecs:DescribeInstanceVncUrl']),
      active: true,
    });
    expect(await provider.consoleUrl(ref, signal)).toMatchObject({
      ok: false,
      error: { code: 'cloud.denied', params: { action: 'ecs:DescribeInstanceVncUrl' } },
    });
  });

  it.each([
    ['wss%3A%2F%2Fvnc.example.com%2Fwebsockify%2F%3Fs%3Da%252B', 'wss://vnc.example.com'],
    ['wss://vnc.example.com:8443/websockify/?s=a', 'wss://vnc.example.com:8443'],
  ])('is read from %s', (text, socket) => {
    expect(readVncUrl(text)).toMatchObject({ socket });
  });

  it.each([
    'https%3A%2F%2Fvnc.example.com',
    'javascript:alert(1)',
    'wss%3A%2F%2Fa&isWindows=false',
    'wss%3A%2F%2Fa"onload',
    '%zz',
    'wss',
  ])('is none in %s', (text) => {
    expect(readVncUrl(text)).toBeNull();
  });
});

describe('the password of a console', () => {
  it('is set by its rules', async () => {
    const provider = await providerFor();
    expect(await provider.setConsolePassword(ref, 'Abc123', signal)).toEqual({ ok: true, value: null });
  });

  it('is in no error', async () => {
    const provider = await providerFor();
    const answer = await provider.setConsolePassword(ref, 'canary-77', signal);
    expect(answer).toMatchObject({ ok: false, error: { code: 'cloud.invalid' } });
    expect(JSON.stringify(answer)).not.toContain('canary');
  });
});
