import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../watch/clock';
import { createAliyunClient } from './aliyun/client';
import { exchange, type HttpLimits } from './http';
import { CANARY_SECRET, fixedCredentials } from './testing/stub-cloud';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}

const LIMITS: HttpLimits = { headMs: 20_000, totalMs: 20_000, maxBytes: 1000 };
const get = (url: string, limits: Partial<HttpLimits> = {}, signal = new AbortController().signal) =>
  exchange({
    fetch,
    clock: systemClock,
    url: `${url}/?Password=${CANARY_SECRET}`,
    method: 'GET',
    headers: {},
    limits: { ...LIMITS, ...limits },
    signal,
    action: 'Ask',
  });

describe('an exchange with a real server', () => {
  it('gives status, headers and text', async () => {
    const url = await serve((_request, response) => response.writeHead(418, { 'x-a': 'b' }).end('tea'));
    const answer = await get(url);
    expect(answer).toMatchObject({ ok: true, value: { status: 418, text: 'tea' } });
    expect(answer.ok && answer.value.header('x-a')).toBe('b');
  });

  it('reads a text of several bytes a letter that comes in pieces', async () => {
    const bytes = Buffer.from('grün');
    const url = await serve((_request, response) => {
      response.write(bytes.subarray(0, 3));
      setImmediate(() => response.end(bytes.subarray(3)));
    });
    expect(await get(url)).toMatchObject({ value: { text: 'grün' } });
  });

  it('gives up on a head that does not come and on a body that does not end', async () => {
    const silent = await serve(() => undefined);
    expect(await get(silent, { headMs: 20 })).toMatchObject({ error: { code: 'cloud.timeout' } });
    const endless = await serve((_request, response) => response.write('x'));
    expect(await get(endless, { totalMs: 200 })).toMatchObject({ error: { code: 'cloud.timeout' } });
  });

  it.each([true, false])('stops at the limit, announced: %s', async (announced) => {
    const url = await serve((_request, response) => {
      response.writeHead(200, announced ? { 'content-length': '5000' } : {});
      response.end('x'.repeat(5000));
    });
    expect(await get(url)).toMatchObject({ error: { code: 'cloud.answerTooLarge' } });
  });

  it('names a refused and a broken connection, and never the request', async () => {
    const dropped = await serve((request) => request.socket.destroy());
    const closed = await serve(() => undefined);
    const gone = servers.pop();
    await new Promise((resolve) => gone?.close(resolve));
    for (const [url, reason] of [
      [dropped, /^(UND_ERR_SOCKET|ECONNRESET)$/],
      [closed, /^ECONNREFUSED$/],
    ] as const) {
      const answer = await get(url);
      expect(answer).toMatchObject({
        error: { code: 'cloud.network', params: { reason: expect.stringMatching(reason) } },
      });
      expect(JSON.stringify(answer)).not.toMatch(/canary|127\.0\.0\.1/);
    }
  });

  it('follows no redirect', async () => {
    let followed = 0;
    const url = await serve((request, response) => {
      if (request.url?.startsWith('/elsewhere')) followed += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await get(url)).toMatchObject({ error: { code: 'cloud.network' } });
    expect(followed).toBe(0);
  });

  it('ends when it is cancelled', async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    expect(await get(url, {}, stop.signal)).toMatchObject({ error: { code: 'app.cancelled' } });
  });
});

describe('the client on a real server', () => {
  it('sends the canonical query, an empty body and a host that was signed', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers.host, Buffer.concat(chunks).length]);
        response.end('{"RequestId":"R-1"}');
      });
    });
    const client = createAliyunClient({
      fetch,
      clock: systemClock,
      credentials: fixedCredentials(),
      newNonce: () => 'n',
      jitter: () => 0,
      endpoint: url,
    });
    const parameters = { Description: "it's (a) *test*!", RegionId: 'eu-central-1' };
    const answer = await client.call(
      { service: 'ecs', region: 'eu-central-1', action: 'X', parameters, kind: 'read' },
      new AbortController().signal,
    );
    expect(answer).toMatchObject({ ok: true });
    expect(seen).toEqual([
      [
        'POST',
        '/?Description=it%27s%20%28a%29%20%2Atest%2A%21&RegionId=eu-central-1',
        url.replace('http://', ''),
        0,
      ],
    ]);
  });
});
