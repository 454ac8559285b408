import { afterEach, describe, expect, it } from 'vitest';
import type { UnlockTarget } from '../../../shared/account-unlock';
import { readFactsScript } from './scripts/read-facts';
import { ANSWER_BEGIN, ANSWER_END, scriptCommand } from './scripts/script';
import { inspectDomainScript, unlockDomainScript } from './scripts/unlock-domain';
import { inspectLocalScript, unlockLocalScript } from './scripts/unlock-local';
import type { SshSession } from './session';
import { openSshSession } from './ssh-source';
import { never, optionsFor } from './testing/options';
import { startTestServer, type TestServer } from './testing/ssh-server';
import { ANSWERS, answerLine } from './testing/windows-answers';

const SID = 'S-1-5-21-1-2-3-1001';
const alice: UnlockTarget = { name: 'alice', sid: SID };
const locked = { name: 'alice', sid: SID, locked: true };
const silent = { started: () => undefined, passed: () => undefined };
const pdcRole = 'CN=NTDS Settings,CN=DC1,CN=Servers,CN=Site,CN=Sites,CN=Configuration,DC=corp,DC=example';

const open: { server: TestServer; session: SshSession }[] = [];
afterEach(async () => {
  for (const { server, session } of open.splice(0)) {
    await session.close();
    await server.close();
  }
});

type Reply = readonly [exitCode: number, stdout: string];
const failing = (code: number): Reply => [
  0,
  `${ANSWER_BEGIN}${JSON.stringify({ ok: false, code, kind: 'COMException' })}${ANSWER_END}\r\n`,
];

async function connect(domainRole: number | null, replies: ReadonlyMap<string, Reply>) {
  const lines: string[] = [];
  const facts = answerLine({ ...ANSWERS.facts, domainRole });
  const server = await startTestServer({
    onCommand({ line, end }) {
      lines.push(line);
      if (line.startsWith('echo ')) return end(0, 'lockwatch-shell Windows_NT $PSHOME\r\n');
      if (line === scriptCommand(readFactsScript)) return end(0, facts);
      return end(...(replies.get(line) ?? [1, '']));
    },
  });
  const connected = await openSshSession(optionsFor(server.port), never(), silent);
  if (!connected.ok) throw new Error(connected.error.error.code);
  const session = connected.value;
  open.push({ server, session });
  return { session, lines };
}

const replies = (...pairs: [line: string, reply: Reply][]): Map<string, Reply> => new Map(pairs);
const answering = (value: unknown): Reply => [0, answerLine(value)];

describe('one account over SSH', () => {
  it('is looked at among the machine’s own, and unlocked there with one command', async () => {
    const inspect = { found: true, elevated: true, self: false, account: locked };
    const unlocked = {
      found: true,
      done: true,
      refused: null,
      before: locked,
      after: { ...locked, locked: false },
    };
    const { session, lines } = await connect(
      2,
      replies(
        [scriptCommand(inspectLocalScript(alice)), answering(inspect)],
        [scriptCommand(unlockLocalScript(alice)), answering(unlocked)],
      ),
    );
    expect(await session.accounts.inspect(alice, never())).toEqual({
      ok: true,
      value: { account: locked, elevated: true, self: false, controller: null },
    });
    expect(await session.accounts.unlock(alice, never())).toEqual({ ok: true, value: unlocked });
    expect(lines.filter((line) => line === scriptCommand(unlockLocalScript(alice)))).toHaveLength(1);
  });

  it('is the domain’s on a domain controller, which says who holds the PDC’s role', async () => {
    const controller = { name: 'dc2.corp.example', pdc: false, pdcRole, domain: 'CORP' };
    const inspect = { found: true, elevated: true, self: false, account: locked, controller };
    const { session } = await connect(
      4,
      replies(
        [scriptCommand(inspectDomainScript(alice)), answering(inspect)],
        [scriptCommand(unlockDomainScript(alice)), failing(-2147024891)],
      ),
    );
    expect(await session.accounts.inspect(alice, never())).toMatchObject({
      value: { controller: { name: 'dc2.corp.example', pdc: false, pdcName: 'DC1', domain: 'CORP' } },
    });
    expect(await session.accounts.unlock(alice, never())).toMatchObject({
      error: { code: 'windows.accessDenied', params: { name: 'unlock' } },
    });
  });

  it('is not touched while it is not known what kind of machine it is', async () => {
    const { session, lines } = await connect(null, replies());
    expect(await session.accounts.unlock(alice, never())).toMatchObject({
      error: { code: 'windows.unreadableAnswer' },
    });
    expect(lines.filter((line) => line.startsWith('powershell'))).toEqual([scriptCommand(readFactsScript)]);
  });

  it('is refused when it can be no account, before anything is sent', async () => {
    const { session, lines } = await connect(2, replies());
    for (const target of [
      { name: '', sid: null },
      { name: 'x'.repeat(40), sid: null },
      { name: 'alice', sid: 'S-1-5-18' },
    ])
      expect(await session.accounts.unlock(target, never())).toMatchObject({
        error: { code: 'app.invalidArgument' },
      });
    expect(lines).toEqual([]);
  });

  it.each([
    ['an answer of another shape', answering({ found: true }), 'windows.unreadableAnswer'],
    ['no answer', [1, ''] as const, 'windows.commandFailed'],
    ['a failure of Windows', failing(-2147467259), 'windows.commandFailed'],
  ] as const)('%s is an error, and the unlock is not sent again', async (_what, reply, code) => {
    const line = scriptCommand(unlockLocalScript(alice));
    const { session, lines } = await connect(2, replies([line, reply]));
    expect(await session.accounts.unlock(alice, never())).toMatchObject({ error: { code } });
    expect(lines.filter((one) => one === line)).toHaveLength(1);
  });
});
