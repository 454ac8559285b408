import type { LockoutPolicy } from '../../shared/policy';
import { type Filetime, secondsFromTicks, TICKS_PER_MINUTE } from '../../shared/time';
import { guessesPerDay, type PolicyChoice, type TradeOffFigures } from '../../shared/trade-off';
import {
  type AccountKind,
  type AccountState,
  adminUnlock,
  applyAttempt,
  isLocked,
  newAccount,
} from './account';
import type { addressScope } from './address';

/** Who is taken to be behind an attempt; see `whoIsBehind`. */
export type Behind = 'guesser' | 'user' | 'unknown';

/** One thing that was seen to happen to an account, in the order of time. */
export interface SeenAttempt {
  readonly account: string;
  readonly at: Filetime;
  readonly behind: Behind;
  /** `refused`: answered "locked", so its password was never looked at; taken as wrong where it would have been. */
  readonly what: 'wrong' | 'refused' | 'right' | 'unlocked';
}

/** What a source did in the whole time, for `whoIsBehind`. */
export interface SourceSurvey {
  readonly scope: ReturnType<typeof addressScope> | 'unknown';
  /** Account names that it failed with, those that do not exist included. */
  readonly names: number;
  readonly failures: number;
  readonly successes: number;
}

const GUESSING_NAMES = 3;
const GUESSING_FAILURES = 10;

/**
 * Who is taken to be behind a source: a guesser tries three names or more, or ten passwords and more from the internet
 * without ever knowing one. A source without an address says nothing. Everything else is a user, a service included.
 */
export function whoIsBehind({ scope, names, failures, successes }: SourceSurvey): Behind {
  if (scope === 'unknown') return 'unknown';
  if (names >= GUESSING_NAMES && successes * GUESSING_FAILURES < failures) return 'guesser';
  if (scope === 'internet' && failures >= GUESSING_FAILURES && successes === 0) return 'guesser';
  return 'user';
}

/** A choice as a policy; whether the built-in Administrator locks too is taken from the one in force (R4). */
export const policyOf = (
  choice: PolicyChoice,
  { lockoutAdmins, source }: Pick<LockoutPolicy, 'lockoutAdmins' | 'source'>,
): LockoutPolicy => ({
  threshold: choice.threshold,
  observationWindow: BigInt(choice.windowMinutes) * TICKS_PER_MINUTE,
  lockoutDuration:
    choice.durationMinutes === 0 ? 'untilAdmin' : BigInt(choice.durationMinutes) * TICKS_PER_MINUTE,
  lockoutAdmins,
  source,
});

/** One account under one policy, with what came of it. */
interface Replayed {
  state: AccountState;
  lockedAt: Filetime | null;
  everLocked: boolean;
}

/** The replay of what was seen under one policy: attempts in, in the order of time; figures out. */
export class PolicyReplay {
  readonly #everybody = new Map<string, Replayed>();
  readonly #usersAlone = new Map<string, Replayed>();
  #lockouts = 0;
  #lockoutsByUsers = 0;
  #shutOut = 0;
  #lockedTicks = 0n;
  #judged = 0;
  #refused = 0;

  constructor(
    readonly choice: PolicyChoice,
    readonly policy: LockoutPolicy,
    /** Kind of an account by its key (R4, R18). */
    readonly kindOf: (account: string) => AccountKind,
  ) {}

  add(attempt: SeenAttempt): void {
    const { locked, refused } = this.#step(this.#everybody, attempt, true);
    if (locked) this.#lockouts++;
    if (attempt.what === 'right') {
      if (refused) this.#shutOut++;
    } else if (attempt.behind === 'guesser' && attempt.what !== 'unlocked') {
      if (refused) this.#refused++;
      else this.#judged++;
    }
    const failed = attempt.what === 'wrong' || attempt.what === 'refused';
    if (attempt.behind === 'guesser' || (attempt.behind === 'unknown' && failed)) return;
    if (this.#step(this.#usersAlone, attempt, false).locked) this.#lockoutsByUsers++;
  }

  /** What came of it between two instants (ticks): locks still in force count to the end. */
  figures(from: Filetime, to: Filetime): TradeOffFigures {
    let lockedTicks = this.#lockedTicks;
    for (const account of this.#everybody.values()) lockedTicks += this.#lockedFor(account, to);
    const days = Math.max(Number(to - from) / Number(TICKS_PER_MINUTE) / 1440, 1 / 24);
    const { threshold, windowMinutes, durationMinutes } = this.choice;
    return {
      choice: this.choice,
      lockouts: this.#lockouts,
      lockedAccounts: [...this.#everybody.values()].filter(({ everLocked }) => everLocked).length,
      lockoutsByUsers: this.#lockoutsByUsers,
      shutOut: this.#shutOut,
      lockedSeconds: Math.round(secondsFromTicks(lockedTicks)),
      guessesJudged: this.#judged,
      guessesRefused: this.#refused,
      guessesPerDay: Math.round((this.#judged / days) * 10) / 10,
      ceilingPerDay: guessesPerDay(
        threshold,
        windowMinutes * 60,
        durationMinutes === 0 ? null : durationMinutes * 60,
      ),
    };
  }

  #step(
    accounts: Map<string, Replayed>,
    { account, at, what }: SeenAttempt,
    timed: boolean,
  ): { readonly locked: boolean; readonly refused: boolean } {
    let replayed = accounts.get(account);
    if (!replayed) {
      replayed = { state: newAccount(this.kindOf(account)), lockedAt: null, everLocked: false };
      accounts.set(account, replayed);
    }
    const wasLocked = isLocked(replayed.state, this.policy, at);
    if (replayed.lockedAt !== null && !wasLocked) this.#end(replayed, at, timed);
    if (what === 'unlocked') {
      if (replayed.lockedAt !== null) this.#end(replayed, at, timed);
      replayed.state = adminUnlock(replayed.state, 'lockoutTime', this.policy, at).state;
      return { locked: false, refused: false };
    }
    const password = what === 'right' ? 'right' : 'wrong';
    const outcome = applyAttempt(
      replayed.state,
      { kind: 'logon', route: 'ntlmNetwork', password },
      this.policy,
      at,
    );
    replayed.state = outcome.state;
    const locked = !wasLocked && isLocked(replayed.state, this.policy, at);
    if (locked) {
      replayed.lockedAt = at;
      replayed.everLocked = true;
    }
    return { locked, refused: outcome.result === 'lockedOut' };
  }

  #end(account: Replayed, at: Filetime, timed: boolean): void {
    if (timed) this.#lockedTicks += this.#lockedFor(account, at);
    account.lockedAt = null;
  }

  /** How long the account's lock has held at `at`, in ticks. */
  #lockedFor({ lockedAt }: Replayed, at: Filetime): bigint {
    if (lockedAt === null) return 0n;
    const held = at - lockedAt;
    const { lockoutDuration } = this.policy;
    return lockoutDuration === 'untilAdmin' || held < lockoutDuration ? held : lockoutDuration;
  }
}
