import type { Filetime } from '../../shared/time';
import { forecast } from '../lockout/forecast';
import type { AccountRecord, AccountStatus, Forecast, InstanceModel, Verdict } from '../lockout/types';
import { verdict } from '../lockout/verdict';

export interface AccountDetails {
  readonly forecast: Forecast;
  readonly verdict: Verdict;
}

interface Kept<T> {
  readonly value: T;
  readonly record: AccountRecord;
  readonly state: AccountStatus['state'];
  readonly count: number | null;
  readonly ownAddresses: readonly string[];
  readonly atMs: number;
}

/** So many verdicts, and so many forecasts that only time has aged, are made in one go: main has other things to do. */
const MOST_AT_ONCE = 12;
/** With time a pace dies away and a verdict fades; looked at again this often, in milliseconds. */
const FRESH_FOR_MS = 10_000;

/** No claim: what an account gets until its turn comes. */
const NOT_YET: Verdict = {
  kind: 'none',
  confidence: 'low',
  reasons: [],
  evidenceIncomplete: false,
  incompleteReasons: [],
};

/**
 * Forecast and verdict of one instance's accounts. They cost by far the most of a view and change seldom, so they are
 * kept by account, and an instance with hundreds of accounts is worked through in several turns, the worst accounts
 * first. A forecast always fits the count and state beside it; a verdict, which judges hours, may lag some turns.
 */
export class DetailCache {
  readonly #forecasts = new Map<string, Kept<Forecast>>();
  readonly #verdicts = new Map<string, Kept<Verdict>>();
  #left = MOST_AT_ONCE;
  #behind = false;

  /** Begins a turn. */
  begin(model: InstanceModel): void {
    this.#left = MOST_AT_ONCE;
    this.#behind = false;
    for (const kept of [this.#forecasts, this.#verdicts]) {
      for (const key of kept.keys()) if (!model.accounts.has(key)) kept.delete(key);
    }
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
    const basis = {
      record,
      state: status.state,
      count: status.badPasswordCount,
      ownAddresses,
      atMs: nowMs,
    };
    const keep = <T>(kept: Map<string, Kept<T>>, value: T): T => {
      kept.set(key, { ...basis, value });
      return value;
    };
    const told = this.#forecasts.get(key);
    const same = told !== undefined && sameBasis(told, basis);
    const foretold =
      same && (isFresh(told, nowMs) || !this.#mayGoOn())
        ? told.value
        : keep(this.#forecasts, forecast(model, record, status, now));

    const judged = this.#verdicts.get(key);
    const holds =
      judged !== undefined &&
      sameBasis(judged, basis) &&
      sameAddresses(judged.ownAddresses, ownAddresses) &&
      isFresh(judged, nowMs);
    // Why an account has just locked is told at once.
    const urgent = status.state === 'locked' && judged?.state !== 'locked';
    const verdictNow =
      holds || !(urgent || this.#mayGoOn())
        ? (judged?.value ?? NOT_YET)
        : keep(this.#verdicts, verdict(model, record, { ownAddresses }, now));
    return { forecast: foretold, verdict: verdictNow };
  }

  #mayGoOn(): boolean {
    if (this.#left > 0) {
      this.#left -= 1;
      return true;
    }
    this.#behind = true;
    return false;
  }
}

type Basis = Omit<Kept<unknown>, 'value'>;

const sameBasis = (a: Basis, b: Basis): boolean =>
  a.record === b.record && a.state === b.state && a.count === b.count;

const sameAddresses = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((address, index) => address === b[index]));

const isFresh = ({ atMs }: Basis, nowMs: number): boolean => nowMs - atMs < FRESH_FOR_MS;
