import type { AccountView, Phrase } from '../../../../shared/account-status';
import type { Exposure } from '../../../../shared/isolation';
import { SAME_MOMENT_MS } from './focus';
import type { ChecklistInput, ChecklistMemory, Focus } from './types';

const MINUTE_MS = 60_000;
/** Rules that were read longer ago say nothing of now, milliseconds. */
export const RULES_FRESH_MS = 15 * MINUTE_MS;

/** How the account came free after its last lock. */
export interface Unlocked {
  readonly atMs: number;
  readonly evidence: Phrase;
  readonly who: string | null;
}

/** What several parts ask, answered once. */
export interface Situation {
  readonly input: ChecklistInput;
  readonly memory: ChecklistMemory;
  readonly focus: Focus | null;
  readonly nowMs: number;
  /** Failures come from something that keeps an old password, or from the admin: not from an attacker. */
  readonly stale: boolean;
  /** Cutting RDP off is advice, not a need. */
  readonly isolationOptional: boolean;
  /** Its security groups can be read and changed. */
  readonly linked: boolean;
  /** The rules as they were read, while that is still worth something. */
  readonly exposure: Exposure | null;
  /** It is watched, so that evidence comes by itself. */
  readonly watched: boolean;
  readonly console: 'cloud' | 'vnc' | null;
  /** How it came free; null while nothing shows that it did. */
  readonly unlocked: Unlocked | null;
  /** It locked again after the last that freed it. */
  readonly lockedNow: boolean;
}

export const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({
  key: `checklist.${key}`,
  params,
});

/** Pure. */
export function situationOf(input: ChecklistInput, memory: ChecklistMemory, focus: Focus | null): Situation {
  const { incident, view, isolation, instance, provider, nowMs } = input;
  const kinds = [incident.verdict.kind, focus?.account?.verdict.kind];
  const attacked = incident.verdict.kind === 'attack';
  const stale = !attacked && kinds.some((kind) => kind === 'staleCredential' || kind === 'ownDoing');
  const read = isolation?.exposure ?? null;
  const exposure = read !== null && nowMs - read.takenAtMs <= RULES_FRESH_MS ? read : null;
  const shut = exposure?.verdict === 'closed' || exposure?.verdict === 'trustedOnly';
  return {
    input,
    memory,
    focus,
    nowMs,
    stale,
    isolationOptional: stale || incident.verdict.kind === 'typo' || (!attacked && shut),
    linked: isolation !== null && provider !== null && provider.isolation !== 'none',
    exposure,
    watched: view !== null && view.connection !== 'off',
    console: provider?.console === 'url' ? 'cloud' : instance?.vnc ? 'vnc' : null,
    unlocked: focus ? unlockedBy(input, memory, focus) : null,
    lockedNow: focus?.account?.status === 'locked',
  };
}

/** That what happens now is not seen: nothing is ticked by it before the instance can be read again. Pure. */
export const notSeenNotes = ({ input }: Situation): readonly Phrase[] =>
  input.view?.status === 'unknown' ? [phrase('note.notSeen')] : [];

/** The last time it was seen locked; what freed it came after. */
export const lockSeenMs = (input: ChecklistInput, account: AccountView | null): number =>
  account?.proofs.lockSeenAtMs ?? input.incident.openedAtMs;

/**
 * What freed the account after its last lock, the earliest first (R9 to R11): an event, a reading, or an unlock that
 * was read again. Null while it is locked, and while its state is unknown: what was true a while ago need not be now.
 */
function unlockedBy(input: ChecklistInput, memory: ChecklistMemory, focus: Focus): Unlocked | null {
  const { account } = focus;
  if (account?.status === 'locked') return null;
  const after = lockSeenMs(input, account) - SAME_MOMENT_MS;
  const tool = memory.unlocks.find((one) => one.account === focus.key && one.verified);
  const found: Unlocked[] = [];
  if (tool) found.push({ ...tool, evidence: phrase('evidence.unlockedHere') });
  if (account && account.status !== 'unknown') {
    const { consoleSignIn, remoteDesktopSignIn, networkSignIn, unlock, readUnlockedAtMs } = account.proofs;
    const event = (proof: { atMs: number; by: string | null } | null, key: string): void => {
      if (!proof) return;
      const { atMs, by } = proof;
      found.push({ atMs, who: null, evidence: phrase(key, by === null ? {} : { by }) });
    };
    event(unlock, unlock?.by ? 'evidence.unlockedBy' : 'evidence.unlocked');
    event(consoleSignIn, 'evidence.unlockedAtConsole');
    event(remoteDesktopSignIn, 'evidence.unlockedBySignIn');
    event(networkSignIn, 'evidence.unlockedBySignIn');
    if (readUnlockedAtMs !== null) {
      found.push({ atMs: readUnlockedAtMs, who: null, evidence: phrase('evidence.readUnlocked') });
    }
  }
  return found.filter(({ atMs }) => atMs > after).sort((a, b) => a.atMs - b.atMs)[0] ?? null;
}
