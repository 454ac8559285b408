import { CHANNELS, type EventRecord } from '../../../../shared/evidence';
import type { ReplayFailures, ReplayMark } from '../../../../shared/replay';
import { msFromFiletime } from '../../../../shared/time';
import type { NothingReason } from '../../../lockout';
import type { AccountRef, Counts, TrailRow } from '../../../lockout/types';

/** Accounts counted one by one, and marks kept, per computer; beyond them only the sums go on. */
const MOST_ACCOUNTS = 20_000;
const MOST_MARKS = 1000;
const FAILURE_EVENTS = new Set([4625, 4768, 4771, 4776]);

export interface AccountCounts {
  readonly ref: AccountRef;
  readonly failures: Map<string, ReplayFailures>;
  locks: number;
  unlocks: number;
}

/** Counts a log's events by account, each event once, whatever the model concludes from them. */
export class AccountTally {
  readonly accounts = new Map<string, AccountCounts>();
  readonly totals: Record<Counts, number> = { yes: 0, no: 0, uncertain: 0 };
  readonly marks: ReplayMark[] = [];
  /** Failure events that say nothing about an account that can be locked, by why. */
  readonly ignored = new Map<string, number>();
  locks = 0;
  unlocks = 0;
  /** Events of accounts that found no room. */
  leftOut = 0;

  add(ref: AccountRef, row: TrailRow, event: EventRecord): void {
    if (row.kind === 'failure') this.#failure(ref, row);
    else if (row.kind === 'lock' || row.kind === 'unlock') this.#mark(ref, row, row.kind, event);
  }

  ignore(reason: NothingReason, event: EventRecord): void {
    if (event.channel !== CHANNELS.security || !FAILURE_EVENTS.has(event.eventId) || reason === 'succeeded')
      return;
    this.ignored.set(reason, (this.ignored.get(reason) ?? 0) + 1);
  }

  #failure(ref: AccountRef, row: TrailRow): void {
    this.totals[row.counts]++;
    const counts = this.#of(ref);
    if (!counts) return;
    const reason = row.reason ?? 'unknownCode';
    const key = `${reason} ${row.counts}`;
    const events = (counts.failures.get(key)?.events ?? 0) + 1;
    counts.failures.set(key, { reason, counts: row.counts, events });
  }

  #mark(ref: AccountRef, row: TrailRow, kind: ReplayMark['kind'], event: EventRecord): void {
    const counts = this.#of(ref);
    if (kind === 'lock') {
      this.locks++;
      if (counts) counts.locks++;
    } else {
      this.unlocks++;
      if (counts) counts.unlocks++;
    }
    if (this.marks.length >= MOST_MARKS) return;
    const { computer, recordId } = event;
    this.marks.push({
      kind,
      atMs: msFromFiletime(row.time),
      computer,
      recordId,
      account: ref.key,
      by: row.by,
    });
  }

  #of(ref: AccountRef): AccountCounts | null {
    const known = this.accounts.get(ref.key);
    if (known) return known;
    if (this.accounts.size >= MOST_ACCOUNTS) {
      this.leftOut++;
      return null;
    }
    const made: AccountCounts = { ref, failures: new Map(), locks: 0, unlocks: 0 };
    this.accounts.set(ref.key, made);
    return made;
  }
}
