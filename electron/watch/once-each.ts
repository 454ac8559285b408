import type { SeenAttempt } from '../lockout';

/** One password is seen by the member and by the controller within this time (R26). Milliseconds. */
export const SAME_ATTEMPT_MS = 2000;

/** What one source saw of an attempt. */
export interface Seen extends Pick<SeenAttempt, 'account' | 'behind' | 'what'> {
  readonly atMs: number;
  /** When it takes its turn: a row of the PDC emulator after all that instances may have seen of it. */
  readonly dueMs: number;
  /** Instance or directory. */
  readonly source: string;
  /** A PDC emulator's row: failures between a reading of that time (null: none) and `atMs`. */
  readonly pdc: {
    readonly sinceMs: number | null;
    readonly failures: number;
    readonly builtinAdministrator: boolean;
  } | null;
}

/** An account's failures that instances saw and no row of the PDC emulator has covered yet; the newest. */
const MOST_REMEMBERED = 1000;

/** Takes what all sources saw, in the order of `dueMs`, and counts each attempt once (R26). */
export class OnceEach {
  readonly #last = new Map<string, Seen>();
  readonly #atInstances = new Map<string, number[]>();

  /** How many attempts of this row nobody has told of yet. What instances saw goes first: they know from where. */
  timesNew(seen: Seen): number {
    if (seen.pdc) return seen.what === 'wrong' ? this.#onlyAtPdc(seen, seen.pdc) : 1;
    const key = `${seen.account} ${seen.what}`;
    const before = this.#last.get(key);
    const again =
      before !== undefined && before.source !== seen.source && seen.atMs - before.atMs <= SAME_ATTEMPT_MS;
    if (again) return 0;
    this.#last.set(key, seen);
    if (seen.what === 'wrong') this.#remember(seen);
    return 1;
  }

  #remember({ account, atMs }: Seen): void {
    const times = this.#atInstances.get(account);
    if (!times) this.#atInstances.set(account, [atMs]);
    else if (times.push(atMs) > 2 * MOST_REMEMBERED) times.splice(0, MOST_REMEMBERED);
  }

  #onlyAtPdc({ account, dueMs }: Seen, { sinceMs, failures }: NonNullable<Seen['pdc']>): number {
    const times = this.#atInstances.get(account) ?? [];
    const fromMs = (sinceMs ?? Number.NEGATIVE_INFINITY) - SAME_ATTEMPT_MS;
    const known = times.filter((atMs) => atMs >= fromMs && atMs <= dueMs).length;
    this.#atInstances.set(
      account,
      times.filter((atMs) => atMs > dueMs),
    );
    return Math.max(0, failures - known);
  }
}
