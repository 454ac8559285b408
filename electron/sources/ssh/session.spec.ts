import { afterEach, describe, expect, it } from 'vitest';
import type { EventRecord } from '../../../shared/evidence';
import { TICKS_PER_MINUTE } from '../../../shared/time';
import type { InstanceSession, ReadEventsRequest } from '../source';
import { readFactsScript } from './scripts/read-facts';
import { scriptCommand } from './scripts/script';
import { createSshSource, type SshSourceOptions } from './ssh-source';
import { endpointOf, never, optionsFor } from './testing/options';
import { startTestServer, type TestCommand, type TestServer } from './testing/ssh-server';
import {
  ANSWERS,
  answerAsWindows,
  answerLine,
  channelStatusCommand,
  eventBytes,
} from './testing/windows-answers';

const open: { server: TestServer; session: InstanceSession }[] = [];
afterEach(async () => {
  for (const { server, session } of open.splice(0)) {
    await session.close();
    await server.close();
  }
});

async function connect(
  onCommand: (command: TestCommand) => void = answerAsWindows,
  change: Partial<SshSourceOptions> = {},
): Promise<{ server: TestServer; session: InstanceSession }> {
  const server = await startTestServer({ onCommand });
  const connected = await createSshSource(optionsFor(server.port, change)).connect(never());
  if (!connected.ok) throw new Error(connected.error.code);
  const pair = { server, session: connected.value };
  open.push(pair);
  return pair;
}

const request = (change: Partial<ReadEventsRequest> = {}): ReadEventsRequest => ({
  channel: 'Security',
  eventIds: [4625, 4740],
  afterRecordId: 0,
  sinceMs: undefined,
  limit: 500,
  signal: never(),
  ...change,
});

async function readAll(session: InstanceSession, change: Partial<ReadEventsRequest> = {}) {
  const events: EventRecord[] = [];
  const result = await session.readEvents(request(change), (batch) => events.push(...batch.events));
  return { result, ids: events.map((event) => event.recordId) };
}

const codeOf = (result: { ok: boolean; error?: { code: string } }): string =>
  result.ok ? 'ok' : (result.error?.code ?? '');

describe('readings', () => {
  it('reads facts, with the difference of the clocks', async () => {
    const { session } = await connect();
    const facts = await session.readFacts(never());
    expect(facts).toMatchObject({
      ok: true,
      value: { computer: 'WEB01', domain: null, role: 'standalone', defaultShell: 'cmd', elevated: true },
    });
    const expected = Number(BigInt(ANSWERS.facts.utc) / 10_000n) - 11_644_473_600_000 - Date.now();
    if (facts.ok) expect(Math.abs(facts.value.clockOffsetMs - expected)).toBeLessThan(60_000);
  });

  const calledFrom = async (clientAddress: unknown): Promise<unknown> => {
    const { session } = await connect((command) => {
      if (command.line === scriptCommand(readFactsScript)) {
        command.end(0, answerLine({ ...ANSWERS.facts, clientAddress }));
      } else answerAsWindows(command);
    });
    const facts = await session.readFacts(never());
    return facts.ok ? facts.value.clientAddress : facts.error.code;
  };

  it('takes the address that sshd was called from for ours, as events write it', async () => {
    expect(await calledFrom('198.51.100.9')).toBe('198.51.100.9');
    expect(await calledFrom('::ffff:198.51.100.9')).toBe('198.51.100.9');
    expect(await calledFrom('2001:DB8::7')).toBe('2001:db8::7');
  });

  it.each([[null], [undefined], [''], ['UNKNOWN'], ['198.51.100.9; x'], ['127.0.0.1'], ['::1']])(
    'knows no address of ours by %j',
    async (clientAddress) => expect(await calledFrom(clientAddress)).toBeNull(),
  );

  it('does not take the address of a jump host for ours', async () => {
    const jump = await startTestServer({ allowForwarding: true });
    const { session } = await connect(answerAsWindows, { jumpHosts: [endpointOf(jump.port)] });
    expect(await session.readFacts(never())).toMatchObject({ ok: true, value: { clientAddress: null } });
    await session.close();
    await jump.close();
  });

  it('reads the policy in ticks', async () => {
    const { session } = await connect();
    expect(await session.readPolicy(never())).toMatchObject({
      ok: true,
      value: {
        threshold: 5,
        observationWindow: 10n * TICKS_PER_MINUTE,
        lockoutDuration: 30n * TICKS_PER_MINUTE,
        lockoutAdmins: true,
        passwordHistoryLength: 24,
      },
    });
  });

  it('reads accounts and auditing, and leaves unknown what was not said', async () => {
    const { session } = await connect();
    expect(await session.readAccounts(never())).toEqual({ ok: true, value: ANSWERS.accounts.accounts });
    expect(await session.readAuditing(never())).toEqual({
      ok: true,
      value: {
        logon: 'both',
        accountLockout: 'failure',
        userAccountManagement: 'success',
        credentialValidation: 'unknown',
      },
    });
  });

  it('finds the answer between a profile\u2019s banners, and in lines that a console broke', async () => {
    const line = answerLine(ANSWERS.policy).replace('LockoutBad', 'Lockout\r\nBad');
    const { session } = await connect(({ end }) => end(1, `Welcome!\r\nlockwatch-answer>\r\n${line}Bye\r\n`));
    expect(codeOf(await session.readPolicy(never()))).toBe('ok');
  });

  it.each([
    ['no answer', 'Welcome', 'windows.unreadableAnswer'],
    ['half an answer', answerLine(ANSWERS.policy).slice(0, 60), 'windows.unreadableAnswer'],
    ['another shape', answerLine({ inf: 5 }), 'windows.unreadableAnswer'],
    ['a policy without a threshold', answerLine({ inf: '[System Access]\n' }), 'windows.unreadableAnswer'],
    [
      'access denied',
      'lockwatch-answer>{"ok":false,"code":-2147024891,"kind":"x"}<lockwatch-answer',
      'windows.accessDenied',
    ],
    [
      'another failure',
      'lockwatch-answer>{"ok":false,"code":87,"kind":"secedit"}<lockwatch-answer',
      'windows.commandFailed',
    ],
  ])('turns %s into an error', async (_, output, code) => {
    const { session } = await connect(({ end }) => end(0, output));
    expect(codeOf(await session.readPolicy(never()))).toBe(code);
  });

  it('says that this is no Windows where PowerShell cannot be started', async () => {
    const { session } = await connect(({ line, end }) =>
      line.startsWith('echo')
        ? end(0, 'lockwatch-shell %OS%\n')
        : end(127, '', 'sh: powershell: not found\n'),
    );
    expect(codeOf(await session.readFacts(never()))).toBe('windows.shellUnknown');
  });
});

describe('channels', () => {
  it('tells the span of a channel', async () => {
    const { session } = await connect();
    expect(await session.readChannelState('Security', never())).toEqual({
      ok: true,
      value: { oldestRecordId: 100, newestRecordId: 109, recordCount: 10 },
    });
  });

  it('tells an empty channel', async () => {
    const { session } = await connect(({ line, end }) =>
      end(0, line.includes('gli') ? 'numberOfLogRecords: 0\r\n' : ''),
    );
    expect(await session.readChannelState('Security', never())).toEqual({
      ok: true,
      value: { oldestRecordId: null, newestRecordId: null, recordCount: 0 },
    });
  });

  it('knows a missing channel and missing rights by the exit code', async () => {
    const { session } = await connect();
    const missing = await session.readChannelState('OpenSSH/Operational', never());
    expect(codeOf(missing)).toBe('windows.channelMissing');
    const denied = await connect(({ end }) => end(5, '', 'Zugriff verweigert\r\n'));
    expect(codeOf(await denied.session.readChannelState('Security', never()))).toBe('windows.accessDenied');
    expect(codeOf((await readAll(denied.session)).result)).toBe('windows.accessDenied');
  });

  it.each([
    [15_007, 'windows.channelMissing'],
    [5, 'windows.accessDenied'],
    [1722, 'windows.commandFailed'],
  ])('asks for the exit code %i that PowerShell hides', async (code, expected) => {
    const { session, server } = await connect(({ line, end }) =>
      line === channelStatusCommand('Security') ? end(0, answerLine({ code })) : end(1, '', 'nope'),
    );
    expect(codeOf((await readAll(session)).result)).toBe(expected);
    expect(server.commands).toHaveLength(2);
  });

  it('asks for nothing that could be taken for more than a name', async () => {
    const { session, server } = await connect();
    for (const channel of ['Security & calc', 'a"b', "a'b", '$x', '%TEMP%', '', '/r:other']) {
      expect(codeOf(await session.readChannelState(channel, never()))).toBe('app.invalidArgument');
      expect(codeOf((await readAll(session, { channel })).result)).toBe('app.invalidArgument');
    }
    expect(server.commands).toEqual([]);
  });
});

describe('events', () => {
  it('reads from a bookmark and says whether there may be more', async () => {
    const { session } = await connect();
    expect(await readAll(session)).toEqual({
      result: { ok: true, value: { complete: true, read: 10 } },
      ids: [100, 101, 102, 103, 104, 105, 106, 107, 108, 109],
    });
    expect(await readAll(session, { afterRecordId: 104, limit: 2 })).toEqual({
      result: { ok: true, value: { complete: false, read: 2 } },
      ids: [105, 106],
    });
    expect(await readAll(session, { afterRecordId: 109 })).toEqual({
      result: { ok: true, value: { complete: true, read: 0 } },
      ids: [],
    });
  });

  it('hands on what was whole when the connection is dropped in the middle', async () => {
    const { session, server } = await connect(({ channel }) => {
      const bytes = eventBytes(1, 2, 3);
      channel.write(bytes.subarray(0, bytes.length - 200), () => {
        for (const socket of server.sockets) socket.destroy();
      });
    });
    const lost = new Promise<string>((resolve) => session.onLost((error) => resolve(error.code)));
    const { result, ids } = await readAll(session);
    expect(codeOf(result)).toBe('net.closed');
    expect(ids).toEqual([1, 2]);
    expect(await lost).toBe('net.closed');
    expect(codeOf(await session.readPolicy(never()))).toBe('net.closed');
  });

  it('counts a record that was cut off by an answer which ended well', async () => {
    const { session } = await connect(({ end }) => end(0, eventBytes(1, 2).subarray(0, -100)));
    const batches: number[] = [];
    const result = await session.readEvents(request(), (batch) => batches.push(batch.broken.count));
    expect(result).toEqual({ ok: true, value: { complete: true, read: 2 } });
    expect(batches).toEqual([1]);
  });

  it('takes an answer without an exit code for broken off', async () => {
    const { session } = await connect(({ channel }) => {
      channel.write(eventBytes(1));
      channel.end();
      channel.close();
    });
    expect(codeOf((await readAll(session)).result)).toBe('ssh.execFailed');
  });
});

describe('limits', () => {
  it('gives up on a command that says nothing, and on one that stops in the middle', async () => {
    const quiet = await connect(() => undefined, { timeouts: { scriptMs: 80, eventsMs: 80 } });
    expect(codeOf(await quiet.session.readPolicy(never()))).toBe('ssh.commandTimeout');
    expect(codeOf((await readAll(quiet.session)).result)).toBe('ssh.commandTimeout');
    const stuck = await connect(({ channel }) => channel.write(eventBytes(1)), { timeouts: { idleMs: 80 } });
    const { result, ids } = await readAll(stuck.session);
    expect(codeOf(result)).toBe('ssh.commandTimeout');
    expect(ids).toEqual([1]);
  });

  it('does not swallow an answer without end', async () => {
    const { session } = await connect(({ channel }) => {
      const block = Buffer.alloc(256 * 1024, 'x');
      const more = () => channel.writable && channel.write(block, more);
      more();
    });
    expect(codeOf(await session.readPolicy(never()))).toBe('windows.unreadableAnswer');
  });

  it('ends a command when it is cancelled, and closes its channel', async () => {
    const cancel = new AbortController();
    let closed = () => {};
    const channelClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { session } = await connect(({ channel }) => {
      channel.on('close', closed).resume();
      cancel.abort();
    });
    expect(codeOf(await session.readPolicy(cancel.signal))).toBe('app.cancelled');
    await channelClosed;
    expect(codeOf(await session.readPolicy(cancel.signal))).toBe('app.cancelled');
  });

  it('runs a few commands at once and keeps the others waiting', async () => {
    const running: TestCommand[] = [];
    let most = 0;
    let arrived = () => {};
    const { session, server } = await connect((command) => {
      running.push(command);
      most = Math.max(most, running.length);
      arrived();
    });
    const reads = Array.from({ length: 10 }, () => session.readPolicy(never()));
    let answered = 0;
    while (answered < 10) {
      const next = running.shift();
      if (next) {
        next.end(0, answerLine(ANSWERS.policy));
        answered++;
      } else {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    }
    const results = await Promise.all(reads);
    expect(results.every((result) => result.ok)).toBe(true);
    expect(most).toBeLessThanOrEqual(4);
    expect(server.commands).toHaveLength(10);
  });

  it('goes on when the keys are exchanged anew', async () => {
    let asked = 0;
    const { session, server } = await connect(answerAsWindows, {
      verifyHostKey: () => {
        asked++;
        return Promise.resolve('accept');
      },
    });
    for (let round = 0; round < 3; round++) {
      await new Promise<void>((resolve) => server.connections[0]?.rekey(() => resolve()));
      expect(codeOf(await session.readPolicy(never()))).toBe('ok');
    }
    expect(asked).toBe(1);
  });

  it('is closed without calling that a loss', async () => {
    const { session } = await connect();
    let lost = 0;
    session.onLost(() => lost++);
    await session.close();
    await session.close();
    expect(lost).toBe(0);
    expect(codeOf(await session.readPolicy(never()))).toBe('net.closed');
  });
});
