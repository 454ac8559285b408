import { describe, expect, it } from 'vitest';
import { appError, type ErrorCode } from '../../../../shared/errors';
import type { Exposure } from '../../../../shared/isolation';
import { createTranslator } from '../../../../shared/messages/format';
import type { RdpSecurity, RdpVia } from '../../../../shared/rdp';
import type { Findings, Talk } from './findings';
import { keptOut, type RuleWord } from './kept-out';
import { insistsOnNla, judge } from './verdict';

const seen: Findings['certificate'] = {
  fingerprint: Array.from({ length: 32 }, () => 'AA').join(':'),
  subject: 'CN=WEB01',
  issuer: 'CN=WEB01',
  selfSigned: true,
  validFromMs: 0,
  validToMs: 1,
};
const findings = (change: Partial<Findings>): Findings => ({
  steps: [],
  roundTripMs: 1,
  families: ['ipv4'],
  talk: null,
  certificate: null,
  error: null,
  ...change,
});
const failed = (code: ErrorCode, via: RdpVia = 'here', rules: RuleWord = 'notRead', isolated = false) =>
  judge({
    findings: findings({ error: appError(code), steps: [{ step: 'tunnel', passed: true, ms: 1 }] }),
    via,
    port: 3389,
    rules,
    isolated,
  });
const talked = (talk: Talk, encrypted = true, rules: RuleWord = 'notRead') =>
  judge({
    findings: findings({ talk, certificate: encrypted ? seen : null }),
    via: 'here',
    port: 3389,
    rules,
    isolated: false,
  });
const keys = (judgement: ReturnType<typeof judge>) => judgement.reasons.map(({ key }) => key);
const confirmed = (security: RdpSecurity): Talk => ({ kind: 'confirm', security });

describe('the verdict on Remote Desktop', () => {
  it('says closed by rule only when nothing answered and the rules keep this address out', () => {
    expect(failed('net.timeout', 'here', 'keptOut')).toMatchObject({ verdict: 'closedByRule' });
    expect(keys(failed('net.timeout', 'here', 'keptOut', true))).toEqual(['rdp.reason.closedIsolated']);
    for (const rules of ['letIn', 'unknown', 'notRead'] as const) {
      expect(failed('net.timeout', 'here', rules).verdict).toBe('filtered');
    }
    expect(failed('net.timeout', 'tunnel', 'keptOut').verdict).toBe('filtered');
    expect(failed('net.refused', 'here', 'keptOut')).toMatchObject({ verdict: 'noService' });
    expect(keys(failed('net.refused', 'here', 'keptOut'))).toContain('rdp.reason.answersThoughClosed');
    expect(failed('net.unreachable', 'here', 'keptOut').verdict).toBe('unreachable');
  });

  it('tells a service that is not there from a way that could not be had', () => {
    expect(failed('net.refused', 'tunnel').verdict).toBe('noService');
    const noTunnel = findings({
      error: appError('net.refused'),
      steps: [{ step: 'tunnel', passed: false, ms: 1 }],
    });
    const judged = {
      findings: noTunnel,
      via: 'tunnel',
      port: 3389,
      rules: 'notRead',
      isolated: false,
    } as const;
    expect(judge(judged).verdict).toBe('unreachable');
    expect(failed('ssh.forwardRefused', 'tunnel').verdict).toBe('unreachable');
    expect(failed('net.nameNotFound').verdict).toBe('unreachable');
  });

  it('proves Remote Desktop by the negotiation and the encryption that it chose', () => {
    expect(talked(confirmed('nla'))).toMatchObject({ verdict: 'rdpWithNla', security: 'nla' });
    expect(talked(confirmed('nlaExtended')).verdict).toBe('rdpWithNla');
    for (const security of ['tls', 'rdsTls', 'rdsAad'] as const) {
      expect(talked(confirmed(security)).verdict).toBe('rdpWithoutNla');
      expect(keys(talked(confirmed(security)))).toContain('rdp.reason.shouldBeNla');
    }
    expect(talked(confirmed('standard'), false).verdict).toBe('rdpWithoutNla');
    expect(talked(confirmed('nla'), false)).toMatchObject({ verdict: 'unknown', security: 'nla' });
    expect(keys(talked(confirmed('nla'), true, 'keptOut'))).toContain('rdp.reason.answersThoughClosed');
  });

  it('is never good for what it does not understand', () => {
    expect(talked({ kind: 'other', service: 'ssh' }).verdict).toBe('notRdp');
    for (const kind of ['silent', 'half', 'hungUp', 'disconnected'] as const) {
      expect(talked({ kind }).verdict).toBe('unknown');
    }
    expect(talked({ kind: 'refused', failure: 'noCertificate', code: 3 }).verdict).toBe('unknown');
    expect(talked({ kind: 'refused', failure: 'tlsNotAllowed', code: 2 })).toMatchObject({
      verdict: 'rdpWithoutNla',
      security: 'standard',
    });
  });

  it('hears from the second question whether NLA is insisted on', () => {
    expect(insistsOnNla({ kind: 'refused', failure: 'nlaRequired', code: 5 })).toBe(true);
    expect(insistsOnNla(confirmed('tls'))).toBe(false);
    expect(insistsOnNla({ kind: 'hungUp' })).toBeNull();
    expect(insistsOnNla(null)).toBeNull();
  });

  it('has words for every reason', () => {
    const t = createTranslator('en');
    const failures = [
      'tlsRequired',
      'tlsNotAllowed',
      'noCertificate',
      'inconsistentFlags',
      'nlaRequired',
      'clientCertificateRequired',
      'other',
    ] as const;
    const talks: Talk[] = [
      ...(['standard', 'tls', 'nla', 'nlaExtended', 'rdsTls', 'rdsAad'] as const).map(confirmed),
      ...failures.map((failure): Talk => ({ kind: 'refused', failure, code: 7 })),
      ...(['ssh', 'http', 'tls', 'vnc', 'text', 'other'] as const).map(
        (service): Talk => ({ kind: 'other', service }),
      ),
      ...(['silent', 'half', 'hungUp', 'disconnected'] as const).map((kind): Talk => ({ kind })),
    ];
    const words: readonly RuleWord[] = ['keptOut', 'letIn', 'unknown', 'notRead'];
    const judgements = [
      ...talks.flatMap((talk) => [talked(talk), talked(talk, false, 'keptOut')]),
      ...(['net.refused', 'net.timeout', 'net.unreachable'] as const).flatMap((code) =>
        words.flatMap((rules) =>
          (['here', 'tunnel'] as const).flatMap((via) =>
            [true, false].map((isolated) => failed(code, via, rules, isolated)),
          ),
        ),
      ),
    ];
    for (const { verdict, reasons } of judgements) {
      expect(reasons.length).toBeGreaterThan(0);
      for (const { key, params } of reasons) expect(t(key, params)).not.toBe(key);
      expect(t(`rdp.fact.${verdict}`, { via: 'here', port: 3389 })).not.toBe(`rdp.fact.${verdict}`);
    }
  });
});

describe('what the rules say of a connection from here', () => {
  const exposure = (
    verdict: Exposure['verdict'],
    ipv4: readonly string[] = [],
    more = false,
    ipv6: readonly string[] = [],
  ) => ({ verdict, reachable: { ipv4, ipv6, more } }) as unknown as Exposure;
  const own = { ipv4: '198.51.100.7', ipv6: null };

  it.each([
    ['no rules', null, 'notRead'],
    ['rules that do not tell', exposure('unknown'), 'notRead'],
    ['all closed', exposure('closed'), 'keptOut'],
    ['open to the world', exposure('open', ['0.0.0.0/0']), 'letIn'],
    ['open to this address', exposure('trustedOnly', ['203.0.113.0/24', '198.51.100.0/24']), 'letIn'],
    ['open to others', exposure('trustedOnly', ['203.0.113.0/24', '198.51.100.8/29']), 'keptOut'],
    ['open to more than is shown', exposure('open', ['203.0.113.0/24'], true), 'unknown'],
    ['open over the other family only', exposure('open', [], false, ['::/0']), 'keptOut'],
  ])('is read from %s', (_, rules, word) => {
    expect(keptOut(rules, own, ['ipv4'])).toBe(word);
  });

  it('is unknown without an own address, and open when one family is', () => {
    const some = exposure('trustedOnly', ['203.0.113.0/24']);
    expect(keptOut(some, { ipv4: null, ipv6: null }, ['ipv4'])).toBe('unknown');
    expect(keptOut(some, own, [])).toBe('unknown');
    expect(keptOut(exposure('open', [], false, ['::/0']), own, ['ipv4', 'ipv6'])).toBe('letIn');
  });
});
