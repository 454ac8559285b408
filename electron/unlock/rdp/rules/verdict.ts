import type { Phrase } from '../../../../shared/account-status';
import type { RdpSecurity, RdpVerdict, RdpVia } from '../../../../shared/rdp';
import type { Findings, Talk } from './findings';
import type { RuleWord } from './kept-out';

export interface Judgement {
  readonly verdict: RdpVerdict;
  readonly reasons: readonly Phrase[];
  readonly security: RdpSecurity | null;
}

export interface Judged {
  readonly findings: Findings;
  readonly via: RdpVia;
  readonly port: number;
  /** Of a connection from here; not looked at for a tunnel, which security groups do not see. */
  readonly rules: RuleWord;
  /** True while the instance is isolated on purpose. */
  readonly isolated: boolean;
}

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });

const withNla: readonly RdpSecurity[] = ['nla', 'nlaExtended'];

/** The port was not reached. */
function unreached({ findings, via, rules, isolated, port }: Judged): Judgement {
  const code = findings.error?.code;
  const none = { security: null };
  // What keeps the tunnel from being had says nothing of the port behind it.
  if (via === 'tunnel' && !findings.steps.some(({ step, passed }) => step === 'tunnel' && passed)) {
    return { ...none, verdict: 'unreachable', reasons: [phrase('rdp.reason.noTunnel')] };
  }
  if (code === 'net.refused') {
    const reasons = [phrase(`rdp.reason.refused.${via}`, { port })];
    if (via === 'here' && rules === 'keptOut') reasons.push(phrase('rdp.reason.answersThoughClosed'));
    return { ...none, verdict: 'noService', reasons };
  }
  if (code === 'net.timeout' && via === 'here') {
    if (rules === 'keptOut') {
      const key = isolated ? 'rdp.reason.closedIsolated' : 'rdp.reason.closedByRule';
      return { ...none, verdict: 'closedByRule', reasons: [phrase(key)] };
    }
    return { ...none, verdict: 'filtered', reasons: [phrase(`rdp.reason.filtered.${rules}`, { port })] };
  }
  if (code === 'net.timeout') {
    return { ...none, verdict: 'filtered', reasons: [phrase('rdp.reason.filtered.tunnel', { port })] };
  }
  const key = via === 'tunnel' ? 'rdp.reason.noTunnel' : 'rdp.reason.unreachable';
  return { ...none, verdict: 'unreachable', reasons: [phrase(key)] };
}

function answered(talk: Talk, encrypted: boolean, port: number): Judgement {
  switch (talk.kind) {
    case 'other':
      return {
        verdict: 'notRdp',
        reasons: [phrase('rdp.reason.other', { service: talk.service, port })],
        security: null,
      };
    case 'silent':
    case 'half':
    case 'hungUp':
    case 'disconnected':
      return { verdict: 'unknown', reasons: [phrase(`rdp.reason.${talk.kind}`)], security: null };
    case 'refused':
      // It speaks RDP and will not use TLS: what is left is RDP's own encryption.
      return {
        verdict: talk.failure === 'tlsNotAllowed' ? 'rdpWithoutNla' : 'unknown',
        reasons: [
          phrase(`rdp.reason.failure.${talk.failure}`, { code: talk.code }),
          ...(talk.failure === 'tlsNotAllowed' ? [phrase('rdp.reason.shouldBeNla')] : []),
        ],
        security: talk.failure === 'tlsNotAllowed' ? 'standard' : null,
      };
    case 'confirm': {
      const { security } = talk;
      const chose = phrase(`rdp.reason.security.${security}`);
      if (security !== 'standard' && !encrypted) {
        // No client gets further either: this is no proof that Remote Desktop works.
        return { verdict: 'unknown', reasons: [chose, phrase('rdp.reason.notEncrypted')], security };
      }
      return withNla.includes(security)
        ? { verdict: 'rdpWithNla', reasons: [chose], security }
        : { verdict: 'rdpWithoutNla', reasons: [chose, phrase('rdp.reason.shouldBeNla')], security };
    }
  }
}

/**
 * What a probe proves. `closedByRule` needs both: no answer, and rules that keep this address out. A service counts as
 * answering when its negotiation was answered and, where it chose encryption, the encryption came about.
 */
export function judge(judged: Judged): Judgement {
  const { findings, via, rules, port } = judged;
  if (findings.talk === null) return unreached(judged);
  const judgement = answered(findings.talk, findings.certificate !== null, port);
  if (via === 'here' && rules === 'keptOut') {
    return { ...judgement, reasons: [...judgement.reasons, phrase('rdp.reason.answersThoughClosed')] };
  }
  return judgement;
}

/** Whether a server that chose NLA insists on it, by what it says to a client that cannot do it; null: not told. */
export function insistsOnNla(talk: Talk | null): boolean | null {
  if (talk?.kind === 'refused' && talk.failure === 'nlaRequired') return true;
  return talk?.kind === 'confirm' ? false : null;
}
