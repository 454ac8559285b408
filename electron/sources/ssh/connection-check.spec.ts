import { afterEach, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../../shared/check';
import { createTranslator } from '../../../shared/messages/format';
import { auditingFinding } from './check-readings';
import { runConnectionCheck } from './connection-check';
import { decideHostKey } from './host-keys';
import { parseKnownHosts } from './known-hosts';
import type { SshSourceOptions } from './ssh-source';
import { endpointOf, never, optionsFor } from './testing/options';
import { startTestServer, type TestServer, type TestServerOptions } from './testing/ssh-server';
import { ANSWERS, answerAsWindows, answerLine } from './testing/windows-answers';

const servers: TestServer[] = [];
const start = async (options: TestServerOptions = {}): Promise<TestServer> => {
  const server = await startTestServer({ onCommand: answerAsWindows, ...options });
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const check = (options: SshSourceOptions, signal = never(), seen: CheckReport[] = []) =>
  runConnectionCheck({ ...options, checkId: 'c1' }, (report) => seen.push(report), signal);

const states = (report: CheckReport): string[] =>
  report.steps.map((step) => `${step.hop} ${step.id} ${step.state} ${step.error?.code ?? step.messageKey}`);

const words = createTranslator('en-US');

describe('runConnectionCheck', () => {
  it('passes every step, each with its time and words', async () => {
    const server = await start();
    const seen: CheckReport[] = [];
    const report = await check(optionsFor(server.port), never(), seen);
    expect(states(report)).toEqual([
      'instance name passed check.name.passed',
      'instance tcp passed check.tcp.passed',
      'instance hostKey passed check.hostKey.passed',
      'instance authentication passed check.authentication.passed',
      'instance shell passed check.shell.cmd',
      'instance eventLog passed check.eventLog.someMissing',
      'instance policy passed check.policy.passed',
      'instance rights passed check.rights.passed',
      'instance auditing passed check.auditing.passed',
      'instance clock warning check.clock.behindFarOff',
    ]);
    expect(report.finishedAtMs).not.toBeNull();
    expect(report.steps.every((step) => step.durationMs !== null && step.durationMs >= 0)).toBe(true);
    for (const step of report.steps)
      expect(words(step.messageKey ?? '', step.params)).not.toMatch(/[{}]|^check\./);
    expect(
      seen
        .at(0)
        ?.steps.map((step) => step.state)
        .slice(0, 2),
    ).toEqual(['running', 'waiting']);
    expect(seen.at(-1)).toEqual(report);
    expect(server.attempts).toEqual(['password']);
  });

  it('goes through a jump host, which resolves the name', async () => {
    const jump = await start({ allowForwarding: true });
    const server = await start();
    const report = await check(optionsFor(server.port, { jumpHosts: [endpointOf(jump.port)] }));
    expect(states(report).slice(0, 8)).toEqual([
      'jump0 name passed check.name.passed',
      'jump0 tcp passed check.tcp.passed',
      'jump0 hostKey passed check.hostKey.passed',
      'jump0 authentication passed check.authentication.passed',
      'instance name skipped check.name.byJumpHost',
      'instance tcp passed check.tcp.passed',
      'instance hostKey passed check.hostKey.passed',
      'instance authentication passed check.authentication.passed',
    ]);
  });

  it('stops at a refused password and says why it is not sent again', async () => {
    const server = await start({ authenticate: () => false });
    const report = await check(optionsFor(server.port));
    expect(states(report).slice(3, 5)).toEqual([
      'instance authentication failed ssh.passwordRefused',
      'instance shell skipped check.skipped',
    ]);
    const error = report.steps[3]?.error;
    expect(words(error?.messageKey ?? '', error?.params)).toContain('only once');
    expect(JSON.stringify(report)).not.toContain('correct horse');
    expect(server.attempts).toEqual(['password']);
  });

  it('asks about a new host key before anything is sent', async () => {
    const server = await start();
    const report = await check(
      optionsFor(server.port, {
        verifyHostKey: (presented) =>
          Promise.resolve(
            decideHostKey({ instanceId: null, presented, pinned: null, knownHosts: parseKnownHosts('') }),
          ),
      }),
    );
    expect(states(report)[2]).toBe('instance hostKey failed ssh.hostKeyUnknown');
    expect(report.hostKeyQuestion).toMatchObject({
      instanceId: null,
      key: { hop: 'instance', host: '127.0.0.1', algorithm: 'ssh-ed25519' },
      pinned: null,
      knownHosts: 'unknown',
    });
    expect(server.attempts).toEqual([]);
  });

  it('goes on after a reading that fails', async () => {
    const server = await start({
      onCommand: (command) => {
        if (command.line.includes('gli')) command.end(5);
        else if (command.line.startsWith('powershell')) {
          command.end(0, answerLine({ ...ANSWERS.facts, elevated: false }));
        } else answerAsWindows(command);
      },
    });
    const report = await check(optionsFor(server.port));
    expect(states(report).slice(4, 9)).toEqual([
      'instance shell passed check.shell.cmd',
      'instance eventLog failed windows.accessDenied',
      'instance policy failed windows.unreadableAnswer',
      'instance rights warning check.rights.limited',
      'instance auditing failed windows.unreadableAnswer',
    ]);
  });

  it('ends with what is known when it is cancelled or the server hangs up', async () => {
    const cancel = new AbortController();
    const server = await start({ onCommand: () => cancel.abort() });
    const cancelled = await check(optionsFor(server.port), cancel.signal);
    expect(states(cancelled).slice(4, 6)).toEqual([
      'instance shell failed app.cancelled',
      'instance eventLog skipped check.skipped',
    ]);
    const gone = await start({
      onCommand: () => {
        for (const socket of gone.sockets) socket.destroy();
      },
    });
    const lost = await check(optionsFor(gone.port));
    expect(states(lost).slice(4, 6)).toEqual([
      'instance shell failed net.closed',
      'instance eventLog skipped check.skipped',
    ]);
  });

  it('names what is not resolved and what is not there', async () => {
    const unnamed = await check(
      optionsFor(22, {
        endpoint: endpointOf(22, { host: 'no-such-host.invalid' }),
        timeouts: { tcpMs: 3000 },
      }),
    );
    expect(states(unnamed)[0]).toMatch(/^instance name failed net\.(nameNotFound|timeout)$/);
    const server = await start();
    const { port } = server;
    await server.close();
    expect(states(await check(optionsFor(port)))[1]).toBe('instance tcp failed net.refused');
  });
});

describe('auditingFinding', () => {
  const on = {
    logon: 'both',
    accountLockout: 'failure',
    userAccountManagement: 'success',
    credentialValidation: 'none',
  } as const;

  it('says what is off, and keeps unknown unknown', () => {
    expect(auditingFinding(on).messageKey).toBe('check.auditing.passed');
    expect(auditingFinding({ ...on, logon: 'success' })).toEqual({
      state: 'warning',
      messageKey: 'check.auditing.off',
      params: { logon: 'off', accountLockout: 'on', userAccountManagement: 'on' },
    });
    expect(auditingFinding({ ...on, accountLockout: 'unknown' }).messageKey).toBe('check.auditing.unknown');
  });
});
