import type { AccountView, InstanceView, Phrase, Verdict } from '../../../shared/account-status';
import { byUrgency } from '../../status/account-order';
import { blindSpot } from '../../status/blind-spot';
import type { ShownStatus } from '../../status/shown-status';

export interface Situation {
  readonly headline: Phrase;
  /** Said when the reading is too old to rely on. */
  readonly lastKnown: Phrase | null;
  /** Why failures and locks may go unseen, although the reading is fresh. */
  readonly doubt: Phrase | null;
  readonly verdict: Verdict | null;
  readonly advice: Advice | null;
}

/** A sentence of advice; `relockSeconds` is set where the sentence names that time. */
interface Advice {
  readonly phrase: Phrase;
  readonly relockSeconds: number | null;
}

const NAMES = 4;
const plain = (key: string): Phrase => ({ key, params: {} });
const advise = (key: string, params: Phrase['params'] = {}): Advice => ({
  phrase: { key, params },
  relockSeconds: null,
});

const names = (accounts: readonly AccountView[]): string =>
  accounts.length > NAMES
    ? `${accounts
        .slice(0, NAMES)
        .map((account) => account.name)
        .join(', ')} …`
    : accounts.map((account) => account.name).join(', ');

/** What the instance's page says first: what is locked or counting, why most likely, and what to do about it. */
export function situationOf(view: InstanceView, shown: ShownStatus): Situation {
  if (shown.status === 'unknown') {
    return {
      headline: plain('situation.unknown'),
      lastKnown: shown.lastKnown ? { key: 'situation.lastKnown', params: { status: shown.lastKnown } } : null,
      doubt: null,
      verdict: null,
      advice: connectionAdvice(view),
    };
  }
  const doubt = blindSpot(view);
  const locked = view.accounts.filter((account) => account.status === 'locked').sort(byUrgency);
  const counting = view.accounts.filter((account) => account.status === 'counting').sort(byUrgency);
  const failing = locked.length > 0 ? locked : counting;
  if (failing.length === 0) {
    const never = view.policy?.threshold === 0;
    const calm = doubt ? 'situation.clear.blind' : 'situation.clear';
    const headline = plain(never ? 'situation.clear.policyOff' : calm);
    const advice = doubt ? advise('situation.advice.auditing') : null;
    return { headline, lastKnown: null, doubt, verdict: null, advice };
  }
  const key = locked.length > 0 ? 'situation.locked' : 'situation.counting';
  return {
    headline: { key, params: { count: failing.length, accounts: names(failing) } },
    lastKnown: null,
    doubt,
    verdict: view.verdict,
    advice: verdictAdvice(view.verdict, failing),
  };
}

const SECRET_CODES: readonly string[] = [
  'ssh.passwordRefused',
  'ssh.passwordUnanswered',
  'ssh.passwordExpired',
  'ssh.keyPassphrase',
  'vault.secretMissing',
  'vault.undecryptable',
];

/** Whether the watcher waits for a password or passphrase. */
export const needsNewSecret = (view: InstanceView): boolean =>
  view.connection === 'needsAdmin' && view.failure !== null && SECRET_CODES.includes(view.failure.code);

function connectionAdvice(view: InstanceView): Advice | null {
  if (view.connection === 'off') return advise('situation.advice.off');
  const code = view.failure?.code;
  if (view.connection === 'needsAdmin') {
    if (code === 'ssh.hostKeyChanged') return advise('situation.advice.needsAdmin.hostKey');
    if (code === 'ssh.hostKeyUnknown') return advise('situation.advice.needsAdmin.hostKeyNew');
    if (needsNewSecret(view)) return advise('situation.advice.needsAdmin.password');
    return advise('situation.advice.needsAdmin');
  }
  return view.connection === 'waiting' ? advise('situation.advice.unreachable') : null;
}

function verdictAdvice(verdict: Verdict, failing: readonly AccountView[]): Advice {
  switch (verdict.kind) {
    case 'attack': {
      const relocks = failing.map((account) => account.relockSeconds).filter((seconds) => seconds !== null);
      if (relocks.length === 0) return advise('situation.advice.attack');
      return { phrase: plain('situation.advice.attack.relock'), relockSeconds: Math.min(...relocks) };
    }
    case 'staleCredential': {
      const last = failing[0]?.lastSource;
      const source = last?.workstation ?? last?.address;
      return source
        ? advise('situation.advice.staleCredential.from', { source })
        : advise('situation.advice.staleCredential');
    }
    case 'ownDoing':
      return advise('situation.advice.ownDoing');
    case 'typo':
      return advise('situation.advice.typo');
    case 'undecided':
      return advise('situation.advice.undecided');
  }
}

export function tradeoffKey(threshold: number): string {
  if (threshold === 0) return 'policy.tradeoff.never';
  if (threshold < 5) return 'policy.tradeoff.low';
  return threshold <= 15 ? 'policy.tradeoff.middle' : 'policy.tradeoff.high';
}
