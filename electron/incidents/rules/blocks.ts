import type { Verdict } from '../../../shared/account-status';
import { JOIN_MS, MOST_ACCOUNTS, MOST_ADDRESSES, MOST_FORMER, MOST_POINTS } from './limits';
import type { IncidentAccount, IncidentCore, Signal } from './types';

/** What decides whether two happenings are one. Putting two together only widens it, so the order does not matter. */
export type Block = Pick<IncidentCore, 'accounts' | 'attack' | 'attackAddresses' | 'undecided'>;

type Named = Pick<IncidentAccount, 'key' | 'sid'>;

/** One account is the same by its SID, whatever it is called now, or by its name. */
export const isSameAccount = (a: Named, b: Named): boolean =>
  a.key === b.key || (a.sid !== null && a.sid === b.sid);

/** What one account's state says, as a happening of its own. */
export function blockOf(signal: Signal): Block {
  const { evidenceAtMs, lastAtMs, attack, address, verdict } = signal;
  const firstMs = Math.min(evidenceAtMs, lastAtMs);
  return {
    accounts: [accountOf(signal)],
    attack: attack ? { firstMs, lastMs: lastAtMs } : null,
    attackAddresses: attack && address !== null ? [address] : [],
    undecided:
      !attack && verdict.kind === 'undecided' && address !== null ? [{ address, atMs: evidenceAtMs }] : [],
  };
}

function accountOf(signal: Signal): IncidentAccount {
  const lockAtMs = signal.locked ? signal.evidenceAtMs : null;
  return {
    key: signal.key,
    name: signal.name,
    sid: signal.sid,
    formerKeys: [],
    firstAtMs: Math.min(signal.evidenceAtMs, signal.lastAtMs),
    lastAtMs: signal.lastAtMs,
    firstLockAtMs: lockAtMs,
    lastLockAtMs: lockAtMs,
    lockedNow: signal.locked,
  };
}

/**
 * Whether two happenings on one instance are one: they share an account, or both are attacks no further apart than
 * `JOIN_MS`, or the cause of one is not known and it came from an address of the other's attack at that time. A stale
 * credential beside an attack stays by itself.
 */
export function areOne(a: Block, b: Block): boolean {
  return (
    a.accounts.some((one) => b.accounts.some((other) => isSameAccount(one, other))) ||
    (a.attack !== null && b.attack !== null && near(a.attack, b.attack)) ||
    cameFrom(a, b) ||
    cameFrom(b, a)
  );
}

interface Span {
  readonly firstMs: number;
  readonly lastMs: number;
}
const near = (a: Span, b: Span): boolean =>
  a.firstMs - b.lastMs <= JOIN_MS && b.firstMs - a.lastMs <= JOIN_MS;

const cameFrom = (unknown: Block, { attack, attackAddresses }: Block): boolean =>
  attack !== null &&
  unknown.undecided.some(
    ({ address, atMs }) => attackAddresses.includes(address) && near(attack, { firstMs: atMs, lastMs: atMs }),
  );

const least = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
const most = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

/** The account with what both know; it is called as in `newer`. The very same as `older` when nothing is new. */
export function joinAccounts(older: IncidentAccount, newer: IncidentAccount): IncidentAccount {
  const former = new Set([...older.formerKeys, ...newer.formerKeys, older.key]);
  former.delete(newer.key);
  const joined: IncidentAccount = {
    key: newer.key,
    name: newer.name,
    sid: newer.sid ?? older.sid,
    formerKeys:
      older.key === newer.key && former.size === older.formerKeys.length
        ? older.formerKeys
        : [...former].slice(-MOST_FORMER),
    firstAtMs: Math.min(older.firstAtMs, newer.firstAtMs),
    lastAtMs: Math.max(older.lastAtMs, newer.lastAtMs),
    firstLockAtMs: least(older.firstLockAtMs, newer.firstLockAtMs),
    lastLockAtMs: most(older.lastLockAtMs, newer.lastLockAtMs),
    lockedNow: newer.lockedNow,
  };
  return isShallowEqual(older, joined) ? older : joined;
}

/** Two happenings as one; parts to which nothing is new are the very same as in `a`. */
export function joinBlocks(a: Block, b: Block): Block {
  return {
    accounts: b.accounts.reduce(withAccount, a.accounts),
    attack: joinSpans(a.attack, b.attack),
    attackAddresses: joinLists(a.attackAddresses, b.attackAddresses),
    undecided: joinPoints(a.undecided, b.undecided),
  };
}

function withAccount(
  accounts: readonly IncidentAccount[],
  account: IncidentAccount,
): readonly IncidentAccount[] {
  const same = accounts.filter((one) => isSameAccount(one, account));
  const [first] = same;
  if (!first)
    return accounts.length < MOST_ACCOUNTS ? [...accounts, account] : inPlaceOfLess(accounts, account);
  const joined = same.reduceRight((into, one) => joinAccounts(one, into), account);
  if (joined === first) return accounts;
  return accounts.flatMap((one) => (one === first ? [joined] : same.includes(one) ? [] : [one]));
}

/** A full list takes in an account that locked in place of one that never did. */
function inPlaceOfLess(
  accounts: readonly IncidentAccount[],
  account: IncidentAccount,
): readonly IncidentAccount[] {
  const less = accounts.findLastIndex(({ firstLockAtMs }) => firstLockAtMs === null);
  return account.firstLockAtMs === null || less < 0 ? accounts : accounts.toSpliced(less, 1, account);
}

const joinSpans = (a: Span | null, b: Span | null): Span | null =>
  a === null || b === null
    ? (a ?? b)
    : a.firstMs <= b.firstMs && a.lastMs >= b.lastMs
      ? a
      : { firstMs: Math.min(a.firstMs, b.firstMs), lastMs: Math.max(a.lastMs, b.lastMs) };

/** The list itself when nothing is new: what did not change is not written again. */
function joinLists(a: readonly string[], b: readonly string[]): readonly string[] {
  const news = b.filter((one) => !a.includes(one));
  return news.length === 0 || a.length >= MOST_ADDRESSES ? a : [...a, ...news].slice(0, MOST_ADDRESSES);
}

function joinPoints(a: Block['undecided'], b: Block['undecided']): Block['undecided'] {
  const news = b.filter(
    ({ address, atMs }) => !a.some((one) => one.address === address && one.atMs === atMs),
  );
  return news.length === 0 ? a : [...a, ...news].slice(-MOST_POINTS);
}

const KINDS = ['undecided', 'typo', 'ownDoing', 'staleCredential', 'attack'] as const;
const LEVELS = ['low', 'medium', 'high'] as const;
const weight = ({ kind, confidence }: Verdict): number =>
  KINDS.indexOf(kind) * LEVELS.length + LEVELS.indexOf(confidence);

/** The worse and surer of two verdicts; of equals the newer, or the very same when nothing is new. */
export const worseVerdict = (older: Verdict, newer: Verdict): Verdict =>
  weight(newer) < weight(older) || JSON.stringify(newer) === JSON.stringify(older) ? older : newer;

export function isShallowEqual<T extends object>(a: T, b: T): boolean {
  for (const key of Object.keys(b) as (keyof T)[]) if (a[key] !== b[key]) return false;
  return true;
}
