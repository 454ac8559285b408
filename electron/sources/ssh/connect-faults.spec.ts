import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../shared/result';
import { createSshSource, type SshSourceOptions } from './ssh-source';
import { createHeldClock, endpointOf, HELD_MS, never, optionsFor } from './testing/options';
import { startTestServer, type TestServer, type TestServerOptions } from './testing/ssh-server';
import { answerAsWindows } from './testing/windows-answers';

const servers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function startRaw(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}

const start = async (options: TestServerOptions = {}): Promise<TestServer> => {
  const server = await startTestServer({ onCommand: answerAsWindows, ...options });
  servers.push(server);
  return server;
};

async function codeOf(
  port: number,
  change: Partial<SshSourceOptions> = {},
  signal = never(),
): Promise<string> {
  const result = await createSshSource(optionsFor(port, change)).connect(signal);
  if (result.ok) await result.value.close();
  return result.ok ? 'ok' : result.error.code;
}

describe('what answers is no SSH server, or none that goes on', () => {
  it.each([
    ['a web server', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'ssh.notSsh'],
    ['endless words', (socket: Socket) => socket.write('x'.repeat(20_000)), 'ssh.notSsh'],
    ['bytes', (socket: Socket) => socket.end(Buffer.from([3, 0, 0, 11, 6, 208, 0, 0, 0])), 'ssh.notSsh'],
    ['SSH 1', (socket: Socket) => socket.write('SSH-1.5-old\r\n'), 'ssh.notSsh'],
    [
      'garbage after the name',
      (socket: Socket) => socket.write(`SSH-2.0-x\r\n${'\u0001'.repeat(400)}`),
      'ssh.notSsh',
    ],
    ['a hang-up', (socket: Socket) => socket.end(), 'net.closed'],
    ['a reset', (socket: Socket) => socket.resetAndDestroy(), 'net.closed'],
    ['a full server', (socket: Socket) => socket.end('Exceeded MaxStartups\r\n'), 'net.closed'],
    ['silence', () => undefined, 'net.timeout'],
    ['silence after the name', (socket: Socket) => socket.write('SSH-2.0-x\r\n'), 'net.timeout'],
  ])('%s', async (_, onConnection, expected) => {
    const port = await startRaw(onConnection);
    const timeouts = expected === 'net.timeout' ? { handshakeMs: 200 } : {};
    expect(await codeOf(port, { timeouts })).toBe(expected);
  });

  it('can be cancelled at any moment', async () => {
    const silent = await startRaw(() => cancelRaw.abort());
    const cancelRaw = new AbortController();
    expect(await codeOf(silent, {}, cancelRaw.signal)).toBe('app.cancelled');
    expect(await codeOf(silent, {}, AbortSignal.abort())).toBe('app.cancelled');
    const cancelAuthentication = new AbortController();
    const server = await start({
      authenticate: () => {
        cancelAuthentication.abort();
        return undefined;
      },
    });
    expect(await codeOf(server.port, {}, cancelAuthentication.signal)).toBe('app.cancelled');
    const cancelKey = new AbortController();
    const waiting = await start();
    const verifyHostKey = () => {
      cancelKey.abort();
      return new Promise<'accept'>(() => undefined);
    };
    expect(await codeOf(waiting.port, { verifyHostKey }, cancelKey.signal)).toBe('app.cancelled');
  });

  it('does not count the time that a decision about the host key takes', async () => {
    const server = await start();
    const due: (() => void)[] = [];
    const clock = {
      now: () => 0,
      after: (_ms: number, run: () => void) => {
        due.push(run);
        return () => {
          const at = due.indexOf(run);
          if (at >= 0) due.splice(at, 1);
        };
      },
    };
    let running = -1;
    const verifyHostKey = () => {
      running = due.length;
      return Promise.resolve('accept' as const);
    };
    expect(await codeOf(server.port, { clock, verifyHostKey })).toBe('ok');
    expect(running).toBe(0);
  });
});

describe('jump hosts', () => {
  it('passes three, each with its own host key and secret', async () => {
    const jumps = [];
    for (const name of ['a', 'b', 'c']) {
      jumps.push(
        await start({
          allowForwarding: true,
          authenticate: (attempt) => attempt.method === 'password' && attempt.password === `secret ${name}`,
        }),
      );
    }
    const server = await start({
      authenticate: (attempt) => attempt.method === 'password' && attempt.password === 'secret i',
    });
    const keys: string[] = [];
    const secrets = { jump0: 'secret a', jump1: 'secret b', jump2: 'secret c', instance: 'secret i' };
    const result = await codeOf(server.port, {
      jumpHosts: jumps.map((jump) => endpointOf(jump.port)),
      secrets: (hop) => Promise.resolve(ok(secrets[hop])),
      verifyHostKey: (key) => {
        keys.push(`${key.hop} ${key.port}`);
        return Promise.resolve('accept');
      },
    });
    expect(result).toBe('ok');
    expect(keys).toEqual([
      ...jumps.map((jump, index) => `jump${index} ${jump.port}`),
      `instance ${server.port}`,
    ]);
    expect([...jumps, server].map((one) => one.attempts)).toEqual([
      ['password'],
      ['password'],
      ['password'],
      ['password'],
    ]);
  });

  it('says when a jump host does not forward, or nobody answers behind it', async () => {
    const closed = await start();
    const server = await start();
    expect(await codeOf(server.port, { jumpHosts: [endpointOf(closed.port)] })).toBe('ssh.forwardRefused');
    const jump = await start({ allowForwarding: true });
    const { clock, runOut } = createHeldClock();
    const silent = await startRaw(() => runOut());
    const timeouts = { openMs: HELD_MS, handshakeMs: HELD_MS };
    const behind = codeOf(silent, { jumpHosts: [endpointOf(jump.port)], timeouts, clock });
    expect(await behind).toBe('net.timeout');
    expect(await codeOf(server.port, { jumpHosts: Array(4).fill(endpointOf(jump.port)) })).toBe(
      'app.invalidArgument',
    );
  });

  it('loses the session with the jump host', async () => {
    const jump = await start({ allowForwarding: true });
    const server = await start();
    const source = createSshSource(optionsFor(server.port, { jumpHosts: [endpointOf(jump.port)] }));
    const session = await source.connect(never());
    if (!session.ok) throw new Error(session.error.code);
    const lost = new Promise<string>((resolve) => session.value.onLost((error) => resolve(error.code)));
    for (const socket of jump.sockets) socket.destroy();
    expect(await lost).toBe('net.closed');
    await session.value.close();
  });
});
