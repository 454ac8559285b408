import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { WindowApi } from '../../shared/api';
import { expect, test } from '../fixtures/test';

type WithApi = typeof globalThis & { api: WindowApi };

const CANARY = 'canary-5127-signing-key';
const TOKEN = 'canary-5127-session-token';

/** A proxy that notes whom it is asked to reach, and reaches nobody. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

test('calls go through the system’s proxy, to the cloud and the chosen services only, and no secret comes back', async ({
  launch,
}) => {
  test.setTimeout(120_000);
  const proxy = await startProxy();
  try {
    const { url } = proxy;
    const lockwatch = await launch({
      env: {
        http_proxy: url,
        https_proxy: url,
        HTTP_PROXY: url,
        HTTPS_PROXY: url,
        no_proxy: '',
        NO_PROXY: '',
      },
    });
    const page = await lockwatch.page();
    const answers = await page.evaluate(
      async ({ secret, token }) => {
        const { api } = globalThis as WithApi;
        await api.settings.save({ addressServices: ['ipify'] });
        const saved = await api.cloud.saveAccount({
          id: null,
          name: 'Shop',
          accessKeyId: 'LTAIexamplekey0001',
          roleArn: 'acs:ram::1000000000000000:role/watch',
          regions: ['eu-central-1'],
          secret: { accessKeySecret: secret, securityToken: token },
        });
        const id = saved.ok ? saved.value.id : '';
        return {
          saved,
          checked: await api.cloud.checkAccount({ id }),
          regions: await api.cloud.regions({ id }),
          addresses: await api.publicAddress.find(null),
          snapshot: await api.app.snapshot(null),
        };
      },
      { secret: CANARY, token: TOKEN },
    );
    expect(answers.saved).toMatchObject({
      ok: true,
      value: { accessKeyIdShown: 'LTAI…0001', hasSessionToken: true },
    });
    expect(answers.checked).toMatchObject({ ok: false, error: { code: 'cloud.network' } });
    expect(answers.addresses).toMatchObject({
      ok: true,
      value: [
        { service: 'ipify.org', address: null },
        { service: 'ipify.org (IPv6)', address: null },
      ],
    });
    for (const canary of [CANARY, TOKEN, 'LTAIexamplekey0001'])
      expect(JSON.stringify(answers)).not.toContain(canary);
    // The role is assumed before anything else is asked.
    expect(new Set(proxy.asked)).toEqual(
      new Set(['sts.eu-central-1.aliyuncs.com:443', 'api.ipify.org:443', 'api6.ipify.org:443']),
    );
    await lockwatch.quit();
    const files = readdirSync(lockwatch.userData, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    expect(files.map(({ name }) => name)).toContain('cloud-accounts.json');
    for (const file of files) {
      const content = readFileSync(join(file.parentPath, file.name));
      for (const canary of [CANARY, TOKEN]) expect(content.includes(canary), file.name).toBe(false);
    }
  } finally {
    await proxy.stop();
  }
});

test('a page never reaches what main may call, and a practice run never leaves this computer', async ({
  launch,
}) => {
  test.setTimeout(120_000);
  const proxy = await startProxy();
  try {
    const { url } = proxy;
    const lockwatch = await launch({
      args: ['--lab'],
      env: { http_proxy: url, https_proxy: url, no_proxy: '' },
    });
    const page = await lockwatch.page();
    const fetched = await page.evaluate(() =>
      fetch('https://ecs.cn-hangzhou.aliyuncs.com/').then(
        () => 'reached',
        () => 'refused',
      ),
    );
    expect(fetched).toBe('refused');
    const checked = await page.evaluate(async () => {
      const { api } = globalThis as WithApi;
      const saved = await api.cloud.saveAccount({
        id: null,
        name: 'Real',
        accessKeyId: 'LTAIexamplekey0002',
        roleArn: null,
        regions: [],
        secret: { accessKeySecret: 'anything', securityToken: null },
      });
      return saved.ok ? await api.cloud.checkAccount({ id: saved.value.id }) : saved;
    });
    expect(checked).toMatchObject({ ok: false, error: { code: 'cloud.network' } });
    expect(proxy.asked).toEqual([]);
    expect(lockwatch.log().map(({ event }) => event)).toContain('call.denied');
  } finally {
    await proxy.stop();
  }
});
