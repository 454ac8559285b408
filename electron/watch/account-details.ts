import type { Filetime } from '../../shared/time';
import { forecast } from '../lockout/forecast';
import type { AccountRecord, AccountStatus, Forecast, InstanceModel, Verdict } from '../lockout/types';
import { verdict } from '../lockout/verdict';

export interface AccountDetails {
  readonly forecast: Forecast;
  readonly verdict: Verdict;
}

interface Kept extends AccountDetails {
  readonly record: AccountRecord;
  readonly state: AccountStatus['state'];
  readonly count: number | null;
  readonly ownAddresses: string;
  readonly atMs: number;
}

/** Forecast and verdict of so many accounts are made in one go: main has other things to do. */
const MOST_AT_ONCE = 24;
/** With time a pace dies away and a verdict fades; looked at again this often, in milliseconds. */
const FRESH_FOR_MS = 10_000;

/**
 * Forecast and verdict of one instance's accounts. They cost by far the most of a view and change seldom, so they are
 * kept by account, and an instance with hundreds of accounts is worked through in several turns.
 */
export class DetailCache {
  readonly #kept = new Map<string, Kept>();
  #left = MOST_AT_ONCE;
  #behind = false;

  /** Begins a turn. */
  begin(model: InstanceModel): void {
    this.#left = MOST_AT_ONCE;
    this.#behind = false;
    for (const key of this.#kept.keys()) if (!model.accounts.has(key)) this.#kept.delete(key);
  }

  /** Whether some account still shows what was found for it earlier: another turn is due. */
  get behind(): boolean {
    return this.#behind;
  }

  of(
    model: InstanceModel,
    record: AccountRecord,
    status: AccountStatus,
    ownAddresses: readonly string[],
    now: Filetime,
    nowMs: number,
  ): AccountDetails {
    const { key } = record.ref;
    const known = this.#kept.get(key);
    const own = ownAddresses.join(' ');
    const fits =
      known !== undefined &&
      known.record === record &&
      known.state === status.state &&
      known.count === status.badPasswordCount &&
      known.ownAddresses === own;
    if (fits && nowMs - known.atMs < FRESH_FOR_MS) return known;
    if (known && this.#left <= 0) {
      this.#behind = true;
      return known;
    }
    this.#left -= 1;
    const made: Kept = {
      forecast: forecast(model, record, status, now),
      verdict: verdict(model, record, { ownAddresses }, now),
      record,
      state: status.state,
      count: status.badPasswordCount,
      ownAddresses: own,
      atMs: nowMs,
    };
    this.#kept.set(key, made);
    return made;
  }
}
