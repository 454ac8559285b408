import type { Phrase, ProofEvent } from '../../../../shared/account-status';
import type { RdpVerdict } from '../../../../shared/rdp';
import { finding, type Said } from './finding';
import { SAME_MOMENT_MS } from './focus';
import { lockSeenMs, notSeenNotes, phrase, type Situation } from './situation';
import { isObserved, minutesOf, quietSpanMs } from './stale';
import type { Finding } from './types';

/** When RDP was opened again, as it is ticked; null: not yet. `needed` false: it was never to be closed. */
export interface Restored {
  readonly needed: boolean;
  readonly atMs: number | null;
}

/** Step 4: proof that all works again and that nobody fails any more. Pure. */
export function verifyFindings(situation: Situation, restored: Restored): readonly Finding[] {
  return [
    rdpAnswers(situation, restored),
    accountClear(situation),
    signedInAgain(situation),
    quiet(situation, restored),
  ];
}

const answering: ReadonlySet<RdpVerdict> = new Set(['rdpWithNla', 'rdpWithoutNla']);

function rdpAnswers({ memory, input }: Situation, restored: Restored): Finding {
  const restoredAtMs = restored.atMs;
  const proof = memory.rdpProof;
  const say = (said: Said): Finding =>
    finding(
      'rdpAnswers',
      'any',
      {},
      {
        actions: [{ kind: 'probeRdp' }, { kind: 'connectRdp' }],
        byHand: false,
        ...said,
      },
    );
  if (!proof || proof.atMs < input.incident.openedAtMs) return say({});
  if (restored.needed && restoredAtMs === null) return say({ evidence: phrase('evidence.rdpBefore') });
  if (restoredAtMs !== null && proof.atMs < restoredAtMs) {
    return say({ says: 'against', atMs: restoredAtMs, evidence: phrase('evidence.rdpBefore') });
  }
  const evidence = phrase(`evidence.rdp.${proof.verdict}`, { via: proof.via });
  if (proof.verdict === 'unknown') return say({ says: 'unknown', evidence });
  return say({ says: answering.has(proof.verdict) ? 'shown' : 'against', atMs: proof.atMs, evidence });
}

function accountClear({ focus, watched, input, unlocked }: Situation): Finding {
  const account = focus?.account ?? null;
  const say = (said: Said): Finding =>
    finding(
      'accountClear',
      'any',
      { account: focus?.name ?? '' },
      {
        actions: focus ? [{ kind: 'openAccount', accountKey: focus.key }] : [],
        byHand: focus?.kind === 'domain' || !watched,
        ...said,
      },
    );
  if (!focus) return say({ says: 'notNeeded', evidence: phrase('evidence.noAccount') });
  const unknown = (evidence: Phrase): Finding => say({ says: 'unknown', evidence });
  if (!account) return unknown(phrase('evidence.stateUnknown'));
  switch (account.status) {
    case 'unknown':
      return unknown(account.reason ?? phrase('evidence.stateUnknown'));
    case 'locked':
      return say({
        says: 'against',
        holdsNow: focus.kind !== 'domain',
        atMs: Math.max(account.lockedAtMs ?? 0, account.proofs.lockSeenAtMs ?? 0) || null,
        evidence: phrase('evidence.locked'),
      });
    case 'counting':
      return say({
        doing: true,
        evidence: phrase('evidence.counting', {
          count: account.badPasswordCount ?? 0,
          threshold: account.threshold ?? 0,
        }),
        countdown:
          account.countResetsAtMs === null
            ? null
            : { label: phrase('countdown.countResets'), untilMs: account.countResetsAtMs },
      });
    case 'clear':
      // A lock that has run out by the clock alone is not yet an account that was read as free.
      if (focus.everLocked && !unlocked) return unknown(phrase('evidence.notReadSince'));
      return say({
        says: 'shown',
        atMs: unlocked?.atMs ?? input.view?.checkedAtMs ?? null,
        evidence: phrase('evidence.clear'),
      });
  }
}

/**
 * A session over Remote Desktop after the lock; or the network logon that NLA makes, where the server was seen to use
 * NLA: a file share makes the same one, but only with a password that is accepted.
 */
function signedInAgain({ focus, input, memory, lockedNow, unlocked }: Situation): Finding {
  const account = focus?.account ?? null;
  const say = (said: Said): Finding =>
    finding(
      'signedInAgain',
      'any',
      { account: focus?.name ?? '' },
      {
        actions: [{ kind: 'connectRdp' }],
        ...said,
      },
    );
  if (!focus) return say({ says: 'notNeeded', evidence: phrase('evidence.noAccount') });
  if (!account) return say({ says: 'unknown' });
  const { remoteDesktopSignIn, networkSignIn } = account.proofs;
  const fromMs = focus.everLocked ? lockSeenMs(input, account) - SAME_MOMENT_MS : input.incident.openedAtMs;
  const shown = (proof: ProofEvent | null, kind: string): Finding | null => {
    if (!proof || proof.atMs <= fromMs) return null;
    const evidence =
      proof.address === null
        ? phrase(`evidence.${kind}`)
        : phrase(`evidence.${kind}From`, { address: proof.address });
    return say({ says: 'shown', atMs: proof.atMs, evidence });
  };
  if (lockedNow) {
    const atMs = Math.max(account.lockedAtMs ?? 0, account.proofs.lockSeenAtMs ?? 0) || null;
    const holdsNow = focus.kind !== 'domain';
    const again = memory.ticks.some((tick) => tick.part === 'signedInAgain' && tick.account === focus.key);
    const evidence = again
      ? phrase('evidence.lockedAgain', { account: focus.name })
      : phrase('evidence.locked');
    return say({ says: 'against', holdsNow, atMs, evidence });
  }
  const session = shown(remoteDesktopSignIn, 'sessionAgain');
  if (session) return session;
  const nla = memory.rdpProof?.verdict === 'rdpWithNla';
  return (nla ? shown(networkSignIn, 'networkAgain') : null) ?? say({ doing: unlocked !== null && nla });
}

/** The last failure that belongs to this incident. An account that fails for reasons of its own is another matter. */
function lastFailureMs({ input, stale, focus }: Situation): number | null {
  const { view, incident } = input;
  if (!view) return null;
  const newest = (times: readonly (number | null)[]): number | null => {
    const known = times.filter((at) => at !== null);
    return known.length > 0 ? Math.max(...known) : null;
  };
  if (stale && focus) return focus.account?.proofs.failureAtMs ?? null;
  const all = newest(view.accounts.map(({ proofs }) => proofs.failureAtMs));
  const own = view.accounts.filter(
    ({ key, verdict }) => verdict.kind === 'attack' || incident.accounts.some((one) => one.key === key),
  );
  // What no account accounts for was a try at a name that does not exist.
  const nameless =
    view.lastFailureAtMs !== null && view.lastFailureAtMs !== all ? view.lastFailureAtMs : null;
  return newest([...own.map(({ proofs }) => proofs.failureAtMs), nameless]);
}

function quiet(situation: Situation, restored: Restored): Finding {
  const { input, unlocked, focus, watched, nowMs } = situation;
  const span = quietSpanMs(situation);
  const minutes = minutesOf(span);
  const audited = input.view?.auditing === 'on';
  const failedMs = lastFailureMs(situation);
  const say = (said: Said): Finding =>
    finding('quiet', 'any', { minutes }, { byHand: !watched || !audited, ...said });
  if (!input.view || !watched) return say({ says: 'unknown', evidence: phrase('evidence.notWatched') });
  if (!audited) return say({ says: 'unknown', evidence: phrase('evidence.notAudited') });
  if ((restored.needed && restored.atMs === null) || (focus?.everLocked && !unlocked)) {
    return say({ says: failedMs === null ? 'open' : 'against', atMs: failedMs });
  }
  const fromMs = Math.max(input.incident.openedAtMs, failedMs ?? 0, restored.atMs ?? 0, unlocked?.atMs ?? 0);
  const untilMs = fromMs + span;
  if (isObserved(situation, untilMs)) {
    return say({ says: 'shown', atMs: untilMs, evidence: phrase('evidence.quiet', { minutes }) });
  }
  return say({
    says: failedMs === null ? 'open' : 'against',
    atMs: failedMs,
    doing: true,
    evidence: phrase('evidence.quietSince'),
    countdown: untilMs > nowMs ? { label: phrase('countdown.quiet'), untilMs } : null,
  });
}

/** What is to be known about the proof. Pure. */
export const verifyNotes = (situation: Situation): readonly Phrase[] => [
  ...notSeenNotes(situation),
  phrase('note.noCredentials'),
];
