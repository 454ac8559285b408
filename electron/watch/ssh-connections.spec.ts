import type { AuthContext, Connection as ServerConnection } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../shared/result';
import { endpointOf, never } from '../sources/ssh/testing/options';
import { startTestServer, type TestServer } from '../sources/ssh/testing/ssh-server';
import { systemClock } from './clock';
import { createSshConnections } from './ssh-connections';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const ID = '6f1c7a52-3d0e-4a7a-9c1f-0d2b8f6f1a01';
const owner = { kind: 'instance', id: ID } as const;

async function attempt(
  authenticate: (attempt: AuthContext, connection: ServerConnection) => boolean | undefined,
  tries = 1,
) {
  const server = await startTestServer({ authenticate });
  servers.push(server);
  const told: unknown[] = [];
  const connections = createSshConnections({
    clock: systemClock,
    knownHosts: { read: async () => ({ entries: [], brokenLines: [] }) },
    readSecret: async () => ok({ text: 'correct horse', version: 7 }),
    settled: (...outcome) => told.push(outcome),
    log: { debug: () => undefined },
  });
  const endpoint = endpointOf(server.port);
  const first = connections.open(owner, ID, { endpoint, jumpHosts: [], pins: [] });
  await first.connect(never());
  const { key } = first.question() ?? {};
  if (!key) throw new Error('no question');
  expect(told).toEqual([]);
  const connection = connections.open(owner, ID, { endpoint, jumpHosts: [], pins: [key] });
  const codes: string[] = [];
  for (let round = 0; round < tries; round++) {
    const session = await connection.connect(never());
    codes.push(session.ok ? 'ok' : session.error.code);
    if (session.ok) await session.value.close();
  }
  return { codes, told, sent: server.attempts.length };
}

const outcome = (name: string) => [owner, 'instance', 7, name];

describe('what is told of a password that was lent', () => {
  it('accepted', async () => {
    expect(await attempt(() => true)).toEqual({ codes: ['ok'], told: [outcome('accepted')], sent: 1 });
  });

  it('refused, each time that it is asked for again', async () => {
    expect(await attempt(() => false, 2)).toEqual({
      codes: ['ssh.passwordRefused', 'ssh.passwordRefused'],
      told: [outcome('refused'), outcome('refused')],
      sent: 1,
    });
  });

  it('refused, when the server wants another one because it has expired', async () => {
    const expired = await attempt((logon) => {
      if (logon.method === 'password') logon.requestChange('too old', () => undefined);
      return undefined;
    });
    expect(expired).toEqual({ codes: ['ssh.passwordExpired'], told: [outcome('refused')], sent: 1 });
  });

  it('unanswered, when the connection ends without a word', async () => {
    const dropped = await attempt(() => {
      servers.at(-1)?.sockets.at(-1)?.destroy();
      return undefined;
    }, 3);
    expect(dropped).toEqual({
      codes: ['net.closed', 'net.closed', 'ssh.passwordUnanswered'],
      told: [outcome('unanswered'), outcome('unanswered'), outcome('notSent')],
      sent: 2,
    });
  });

  it('not sent, when the server takes no passwords', async () => {
    const other = await attempt((logon) => {
      logon.reject(['publickey']);
      return undefined;
    });
    expect(other).toEqual({ codes: ['ssh.methodNotOffered'], told: [outcome('notSent')], sent: 1 });
  });
});
