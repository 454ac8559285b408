import type { AccountView, InstanceView } from '../../../shared/account-status';
import type { IncidentId } from '../../../shared/incident';
import {
  areOne,
  type Block,
  blockOf,
  isSameAccount,
  isShallowEqual,
  joinBlocks,
  worseVerdict,
} from './blocks';
import { JOIN_MS, REOPEN_MS, SAME_LOCK_MS } from './limits';
import { signalsOf } from './signals';
import type { Change, IncidentAccount, IncidentCore, Signal, Step } from './types';

/**
 * What an instance's view makes of its incidents at `nowMs` (milliseconds): opened, joined, escalated, opened again.
 * `known` are all incidents of this instance that matter, open and closed. Never opens one on what is unknown. Pure;
 * ids come from `newId`.
 */
export function stepIncidents(
  known: readonly IncidentCore[],
  view: InstanceView,
  nowMs: number,
  newId: () => IncidentId,
): Step {
  const turn = new Turn(known, view.id, nowMs, newId);
  const { signals, againAtMs } = signalsOf(view, nowMs);
  // First, for an attack that goes on speaks of an account that is open again, too.
  for (const account of view.accounts) turn.calm(account);
  for (const signal of signals) turn.take(signal);
  return { changed: turn.changed(), changes: turn.changes, againAtMs };
}

/** Open incidents of one instance that belong together, put together: what a crash in the middle of that left. */
export function settleIncidents(known: readonly IncidentCore[], nowMs: number): Step {
  const turn = new Turn(known, '', nowMs, () => '');
  turn.settle();
  return { changed: turn.changed(), changes: turn.changes, againAtMs: null };
}

class Turn {
  readonly changes: Change[] = [];
  readonly #before: ReadonlyMap<IncidentId, IncidentCore>;
  readonly #now: Map<IncidentId, IncidentCore>;

  constructor(
    known: readonly IncidentCore[],
    readonly instanceId: string,
    readonly nowMs: number,
    readonly newId: () => IncidentId,
  ) {
    this.#before = new Map(known.map((core) => [core.id, core]));
    this.#now = new Map(this.#before);
  }

  changed(): IncidentCore[] {
    return [...this.#now.values()].filter((core) => this.#before.get(core.id) !== core);
  }

  take(signal: Signal): void {
    const block = blockOf(signal);
    const open = [...this.#now.values()].filter((core) => core.state === 'open' && areOne(core, block));
    if (open.length > 0) {
      this.#put(grown(this.#joinAll(open), block, signal), signal);
      return;
    }
    if (signal.opens === null) return;
    const closed = this.#closedOf(block, signal);
    if (closed === 'old') return;
    if (closed) this.#reopen(closed, block, signal, signal.opens);
    else this.#open(block, signal, signal.opens);
    this.settle();
  }

  /** An account that is seen to be open again. */
  calm({ key, name, sid, status }: AccountView): void {
    if (status !== 'clear' && status !== 'counting') return;
    for (const core of this.#now.values()) {
      const account = core.accounts.find((one) => one.lockedNow && isSameAccount(one, { key, sid }));
      if (!account) continue;
      const accounts = core.accounts.map((one) => (one === account ? { ...one, lockedNow: false } : one));
      this.#now.set(core.id, { ...core, accounts });
      if (core.state === 'open')
        this.changes.push({ id: core.id, atMs: this.nowMs, kind: 'unlocked', account: name, status });
    }
  }

  #open(block: Block, signal: Signal, why: 'locked' | 'attack' | 'imminent'): void {
    const core: IncidentCore = {
      ...block,
      id: this.newId(),
      instanceId: this.instanceId,
      state: 'open',
      openedAtMs: signal.evidenceAtMs,
      closedAtMs: null,
      closedBy: null,
      joinedInto: null,
      lastEvidenceAtMs: signal.lastAtMs,
      verdict: signal.verdict,
    };
    this.#now.set(core.id, core);
    this.changes.push({ id: core.id, atMs: signal.evidenceAtMs, kind: 'opened', why, account: signal.name });
  }

  #reopen(core: IncidentCore, block: Block, signal: Signal, why: 'locked' | 'attack' | 'imminent'): void {
    this.changes.push({ id: core.id, atMs: this.nowMs, kind: 'reopened', why, account: signal.name });
    this.#put(grown(reopened(core), block, signal), signal);
  }

  /** The closed incident that this evidence opens again; `old` when it is the evidence that was closed with it. */
  #closedOf(block: Block, signal: Signal): IncidentCore | 'old' | null {
    const related = [...this.#now.values()]
      .filter((core) => core.state === 'closed' && core.closedBy !== 'joined' && areOne(core, block))
      .sort((a, b) => (b.closedAtMs ?? 0) - (a.closedAtMs ?? 0));
    const [latest] = related;
    if (!latest) return null;
    if (!isFresh(latest, signal, this.nowMs)) return 'old';
    return signal.lastAtMs - closedAt(latest, this.nowMs) <= REOPEN_MS ? latest : null;
  }

  #put(core: IncidentCore, signal: Signal): void {
    const before = this.#now.get(core.id);
    if (!before || before === core) return;
    this.#now.set(core.id, core);
    this.#tell(before, core, signal);
    this.settle();
  }

  /** What is new about an incident since `before`, as lines of its history. */
  #tell(before: IncidentCore, core: IncidentCore, signal: Signal): void {
    const account = core.accounts.find((one) => isSameAccount(one, signal));
    const was = before.accounts.find((one) => isSameAccount(one, signal));
    const { id } = core;
    if (account && !was)
      this.changes.push({ id, atMs: signal.evidenceAtMs, kind: 'accountJoined', account: account.name });
    if (account && was && was.name !== account.name)
      this.changes.push({ id, atMs: this.nowMs, kind: 'renamed', account: account.name, from: was.name });
    if (account && signal.locked && isNewLock(was, signal))
      this.changes.push({ id, atMs: signal.evidenceAtMs, kind: 'locked', account: account.name });
    this.#tellVerdict(before, core);
  }

  #tellVerdict(before: IncidentCore, { id, verdict: { kind } }: IncidentCore): void {
    if (before.verdict.kind !== kind)
      this.changes.push({ id, atMs: this.nowMs, kind: 'verdict', verdict: kind });
  }

  /** Open incidents that have turned out to be one become one. */
  settle(): void {
    for (;;) {
      const open = [...this.#now.values()].filter(({ state }) => state === 'open');
      const pair = firstPair(open);
      if (!pair) return;
      this.#joinAll(pair);
    }
  }

  /** The oldest takes in the others. */
  #joinAll(cores: readonly IncidentCore[]): IncidentCore {
    const [oldest, ...others] = [...cores].sort(byAge);
    if (!oldest) throw new Error('nothing to join');
    let whole = oldest;
    for (const other of others) {
      whole = {
        ...whole,
        ...joinBlocks(whole, other),
        openedAtMs: Math.min(whole.openedAtMs, other.openedAtMs),
        lastEvidenceAtMs: Math.max(whole.lastEvidenceAtMs, other.lastEvidenceAtMs),
        verdict: worseVerdict(whole.verdict, other.verdict),
      };
      this.#now.set(other.id, {
        ...other,
        state: 'closed',
        closedAtMs: this.nowMs,
        closedBy: 'joined',
        joinedInto: oldest.id,
      });
      this.changes.push(
        { id: oldest.id, atMs: this.nowMs, kind: 'joined', other: other.id },
        { id: other.id, atMs: this.nowMs, kind: 'joinedInto', other: oldest.id },
      );
    }
    this.#now.set(whole.id, whole);
    this.#tellVerdict(oldest, whole);
    return whole;
  }
}

const byAge = (a: IncidentCore, b: IncidentCore): number =>
  a.openedAtMs - b.openedAtMs || (a.id < b.id ? -1 : 1);

function firstPair(open: readonly IncidentCore[]): readonly [IncidentCore, IncidentCore] | null {
  for (const [index, a] of open.entries())
    for (const b of open.slice(index + 1)) if (areOne(a, b)) return [a, b];
  return null;
}

/** The incident with this evidence in it; the very same object when it says nothing new. */
function grown(core: IncidentCore, block: Block, signal: Signal): IncidentCore {
  const joined = joinBlocks(core, block);
  const next: IncidentCore = {
    ...core,
    ...joined,
    openedAtMs: signal.opens === null ? core.openedAtMs : Math.min(core.openedAtMs, signal.evidenceAtMs),
    lastEvidenceAtMs: Math.max(core.lastEvidenceAtMs, signal.lastAtMs),
    verdict: worseVerdict(core.verdict, signal.verdict),
  };
  return isShallowEqual(core, next) ? core : next;
}

/** By hand, or because evidence returned. */
export const reopened = (core: IncidentCore): IncidentCore => ({
  ...core,
  state: 'open',
  closedAtMs: null,
  closedBy: null,
});

/** A clock that was set back since must not keep evidence out. */
const closedAt = (core: IncidentCore, nowMs: number): number =>
  core.closedAtMs === null || core.closedAtMs > nowMs ? core.lastEvidenceAtMs : core.closedAtMs;

/** Evidence that came after the incident was closed, or a lock that it does not know of. */
function isFresh(core: IncidentCore, signal: Signal, nowMs: number): boolean {
  const account = core.accounts.find((one) => isSameAccount(one, signal));
  if (signal.locked && isNewLock(account, signal)) return true;
  return signal.goesOn && signal.lastAtMs > closedAt(core, nowMs);
}

function isNewLock(account: IncidentAccount | undefined, signal: Signal): boolean {
  if (!account?.lockedNow) return true;
  if (signal.lockedAtMs === null || account.lastLockAtMs === null) return false;
  return signal.lockedAtMs - account.lastLockAtMs > SAME_LOCK_MS;
}

/** The account that the checklist is about: the first that locked; null while none did. */
export function focusOf(core: IncidentCore): IncidentAccount | null {
  let focus: IncidentAccount | null = null;
  for (const account of core.accounts) {
    if (account.firstLockAtMs === null) continue;
    const first = focus?.firstLockAtMs ?? Number.POSITIVE_INFINITY;
    if (
      account.firstLockAtMs < first ||
      (account.firstLockAtMs === first && focus && account.key < focus.key)
    )
      focus = account;
  }
  return focus;
}

/** Whether a closed incident still decides about evidence that comes: later, everything is a new one. */
export const stillMatters = (core: IncidentCore, nowMs: number): boolean =>
  core.state === 'open' ||
  core.accounts.some(({ lockedNow }) => lockedNow) ||
  nowMs - (core.closedAtMs ?? 0) <= REOPEN_MS + JOIN_MS;
