import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Forward, openForward } from './forward';
import { createPasswordLedger } from './password-ledger';
import { createSshSource, type SshSourceOptions } from './ssh-source';
import { endpointOf, never, optionsFor } from './testing/options';
import { startTestServer, type TestServer, type TestServerOptions } from './testing/ssh-server';

let echo: Server;
let echoPort: number;
const sockets = new Set<Socket>();
const servers: TestServer[] = [];

beforeEach(async () => {
  echo = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  echoPort = (echo.address() as AddressInfo).port;
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  for (const socket of sockets) socket.destroy();
  echo.close();
});

async function start(options: TestServerOptions = { allowForwarding: true }): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

const toEcho = (from: 'instance' | 'jumpHost' = 'instance') => ({ host: '127.0.0.1', port: echoPort, from });

async function answer({ stream }: Forward): Promise<string> {
  stream.write('hello');
  const [chunk] = await once(stream, 'data');
  return String(chunk);
}

async function opened(
  options: SshSourceOptions,
  from: 'instance' | 'jumpHost' = 'instance',
): Promise<Forward> {
  const forward = await openForward(options, toEcho(from), never());
  if (!forward.ok) throw new Error(forward.error.code);
  return forward.value;
}

const codeOf = async (options: SshSourceOptions, place = toEcho()): Promise<string> => {
  const forward = await openForward(options, place, never());
  if (forward.ok) await forward.value.close();
  return forward.ok ? 'ok' : forward.error.code;
};

describe('a tunnel through an SSH profile', () => {
  it('carries bytes both ways, and its own connection ends with it', async () => {
    const server = await start();
    const forward = await opened(optionsFor(server.port));
    expect(await answer(forward)).toBe('hello');
    const gone = once(server.sockets[0] as Socket, 'close');
    await forward.close();
    await gone;
  });

  it('runs over the connection that is open already, and leaves it open', async () => {
    const server = await start();
    const session = await createSshSource(optionsFor(server.port)).connect(never());
    if (!session.ok) throw new Error(session.error.code);
    const { chain } = session.value.commands;
    const forward = await openForward(optionsFor(server.port), toEcho(), never(), chain);
    if (!forward.ok) throw new Error(forward.error.code);
    expect(await answer(forward.value)).toBe('hello');
    await forward.value.close();
    expect(chain.ended).toBeUndefined();
    expect(server.attempts).toHaveLength(1);
    await session.value.close();
  });

  it('makes a connection of its own when the open one has ended', async () => {
    const server = await start();
    const session = await createSshSource(optionsFor(server.port)).connect(never());
    if (!session.ok) throw new Error(session.error.code);
    const closing = session.value.close();
    const { chain } = session.value.commands;
    const forward = await openForward(optionsFor(server.port), toEcho(), never(), chain);
    if (!forward.ok) throw new Error(forward.error.code);
    expect(await answer(forward.value)).toBe('hello');
    await closing;
    await forward.value.close();
    expect(server.attempts).toHaveLength(2);
  });

  it('leaves the last jump host, and signs in nowhere behind it', async () => {
    const jump = await start();
    const instance = await start();
    const options = optionsFor(instance.port, { jumpHosts: [endpointOf(jump.port)] });
    const forward = await opened(options, 'jumpHost');
    expect(await answer(forward)).toBe('hello');
    expect([jump.attempts.length, instance.attempts.length]).toEqual([1, 0]);
    await forward.close();
  });

  it('passes the jump hosts on its way', async () => {
    const jump = await start();
    const instance = await start();
    const options = optionsFor(instance.port, { jumpHosts: [endpointOf(jump.port)] });
    const forward = await opened(options);
    expect(await answer(forward)).toBe('hello');
    expect([jump.attempts.length, instance.attempts.length]).toEqual([1, 1]);
    await forward.close();
  });

  it('has no jump host to leave from', async () => {
    const server = await start();
    expect(await codeOf(optionsFor(server.port), toEcho('jumpHost'))).toBe('app.invalidArgument');
    expect(server.attempts).toEqual([]);
  });

  it('ends when its SSH connection does, and says why', async () => {
    const server = await start();
    const forward = await opened(optionsFor(server.port));
    const closed = once(forward.stream.resume(), 'close');
    for (const socket of server.sockets) socket.destroy();
    await closed;
    expect(forward.ended?.code).toBe('net.closed');
  });
});

describe('a tunnel that is not to be had', () => {
  it('is refused by a server that permits none, and the connection is closed again', async () => {
    const server = await start({});
    expect(await codeOf(optionsFor(server.port))).toMatch(/^(ssh\.forwardRefused|net\.unreachable)$/);
    await expect.poll(() => server.sockets.every((socket) => socket.destroyed)).toBe(true);
  });

  it('does not send a refused password again', async () => {
    const server = await start({ authenticate: () => false });
    const options = optionsFor(server.port, { passwords: createPasswordLedger() });
    expect(await codeOf(options)).toBe('ssh.passwordRefused');
    expect(await codeOf(options)).toBe('ssh.passwordRefused');
    expect(server.attempts).toHaveLength(1);
  });

  it('is given up when nobody wants it any more', async () => {
    const controller = new AbortController();
    controller.abort();
    const forward = await openForward(optionsFor(1), toEcho(), controller.signal);
    expect(forward.ok ? 'ok' : forward.error.code).toBe('app.cancelled');
  });
});
