import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LockoutPolicy } from '../../shared/policy';
import { filetimeFromMs, TICKS_PER_SECOND } from '../../shared/time';
import { guessesPerDay, type PolicyChoice } from '../../shared/trade-off';
import { PolicyReplay, policyOf, type SeenAttempt, whoIsBehind } from './trade-off';

const START = filetimeFromMs(Date.UTC(2026, 0, 5));
const at = (seconds: number): bigint => START + BigInt(seconds) * TICKS_PER_SECOND;
const inForce: Pick<LockoutPolicy, 'lockoutAdmins' | 'source'> = { lockoutAdmins: true, source: 'local' };
const choice = (threshold: number, windowMinutes: number, durationMinutes: number): PolicyChoice => ({
  threshold,
  windowMinutes,
  durationMinutes,
});

const attempt = (
  seconds: number,
  behind: SeenAttempt['behind'],
  what: SeenAttempt['what'] = 'wrong',
  account = 'administrator',
): SeenAttempt => ({ account, at: at(seconds), behind, what });

/** Each number added to all before it. */
function sums(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((number) => {
    sum += number;
    return sum;
  });
}

function replayed(chosen: PolicyChoice, attempts: readonly SeenAttempt[], untilSeconds: number) {
  const replay = new PolicyReplay(chosen, policyOf(chosen, inForce), () => 'user');
  for (const one of attempts) replay.add(one);
  return replay.figures(START, at(untilSeconds));
}

describe('what other values would have made of the failures seen', () => {
  // One guess every 3 s for an hour.
  const attack = Array.from({ length: 1200 }, (_, index) => attempt(index * 3, 'guesser'));

  it('R7, R8: a guesser gets the threshold in guesses for every lock, and is refused in between', () => {
    // 10 guesses take 27 s, then 600 s of lock; the last tick of the lock still refuses.
    const { lockouts, guessesJudged, guessesRefused, lockoutsByUsers } = replayed(
      choice(10, 10, 10),
      attack,
      3600,
    );
    expect({ lockouts, guessesJudged, guessesRefused, lockoutsByUsers }).toEqual({
      lockouts: 6,
      guessesJudged: 60,
      guessesRefused: 1140,
      lockoutsByUsers: 0,
    });
  });

  it('R1: without a threshold nobody is locked and every guess is looked at', () => {
    const figures = replayed(choice(0, 10, 10), attack, 3600);
    expect(figures).toMatchObject({
      lockouts: 0,
      guessesJudged: 1200,
      lockedSeconds: 0,
      ceilingPerDay: null,
    });
  });

  it('R9: until an admin unlocks, one lock holds to the end, or to the unlock that was seen', () => {
    expect(replayed(choice(10, 10, 0), attack, 3600)).toMatchObject({
      lockouts: 1,
      lockedSeconds: 3600 - 27,
    });
    const unlocked = [...attack.slice(0, 100), attempt(298, 'user', 'unlocked'), ...attack.slice(100)];
    expect(replayed(choice(10, 10, 0), unlocked, 3600)).toMatchObject({
      lockouts: 2,
      lockedSeconds: 298 - 27 + (3600 - 327),
    });
  });

  it('R6: a user who mistypes twice a day locks only where twice is too often', () => {
    const slips = [0, 20, 40_000, 40_020].map((seconds) => attempt(seconds, 'user'));
    expect(replayed(choice(3, 30, 30), slips, 86_400)).toMatchObject({ lockouts: 0, lockoutsByUsers: 0 });
    expect(replayed(choice(2, 30, 30), slips, 86_400)).toMatchObject({ lockouts: 2, lockoutsByUsers: 2 });
  });

  it('R10: a right password between two slips clears the count, and is refused while locked', () => {
    const day = [
      attempt(0, 'user'),
      attempt(10, 'user', 'right'),
      attempt(20, 'user'),
      attempt(30, 'user', 'right'),
    ];
    expect(replayed(choice(2, 30, 30), day, 86_400)).toMatchObject({ lockouts: 0, shutOut: 0 });
    const shut = [
      ...Array.from({ length: 5 }, (_, index) => attempt(index, 'guesser')),
      attempt(60, 'user', 'right'),
    ];
    expect(replayed(choice(5, 30, 30), shut, 86_400)).toMatchObject({
      lockouts: 1,
      lockoutsByUsers: 0,
      shutOut: 1,
    });
  });

  it('takes a refusal that was seen as a wrong password where it would have been looked at', () => {
    const refused = Array.from({ length: 6 }, (_, index) => attempt(index, 'guesser', 'refused'));
    expect(replayed(choice(10, 10, 10), refused, 60)).toMatchObject({ guessesJudged: 6, guessesRefused: 0 });
  });

  it('never looks at more guesses a day on one account than the ceiling says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 50, maxLength: 400 }),
        (threshold, windowMinutes, more, gaps) => {
          const chosen = choice(threshold, windowMinutes, windowMinutes + more);
          const times = sums(gaps);
          const seconds = times.at(-1) ?? 0;
          const guesses = times.map((time) => attempt(time, 'guesser'));
          const { guessesJudged, ceilingPerDay } = replayed(chosen, guesses, seconds);
          const days = seconds / 86_400;
          // At both ends a guesser may have a whole window's guesses beside the steady rate.
          expect(guessesJudged).toBeLessThanOrEqual((ceilingPerDay ?? 0) * days + 2 * threshold + 1);
        },
      ),
    );
  });

  it('judges every guess or refuses it, whatever the policy', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.constantFrom('a', 'b', 'c')), {
          maxLength: 200,
        }),
        (threshold, steps) => {
          const times = sums(steps.map(([gap]) => gap));
          const seconds = times.at(-1) ?? 0;
          const guesses = steps.map(([, account], index) =>
            attempt(times[index] ?? 0, 'guesser', 'wrong', account),
          );
          const figures = replayed(choice(threshold, 1, 1), guesses, seconds + 1);
          expect(figures.guessesJudged + figures.guessesRefused).toBe(steps.length);
          expect(figures.lockoutsByUsers).toBe(0);
        },
      ),
    );
  });
});

describe('who is taken to be behind a source', () => {
  it.each([
    [{ scope: 'internet', names: 1, failures: 400, successes: 0 }, 'guesser'],
    [{ scope: 'internet', names: 1, failures: 3, successes: 0 }, 'user'],
    [{ scope: 'internet', names: 1, failures: 40, successes: 2 }, 'user'],
    [{ scope: 'private', names: 1, failures: 4000, successes: 0 }, 'user'],
    [{ scope: 'private', names: 40, failures: 400, successes: 1 }, 'guesser'],
    [{ scope: 'unknown', names: 40, failures: 400, successes: 0 }, 'unknown'],
  ] as const)('%o is a %s', (survey, behind) => {
    expect(whoIsBehind(survey)).toBe(behind);
  });
});

it('the ceiling is the better of staying below the threshold and waiting the lock out', () => {
  expect(guessesPerDay(10, 600, 600)).toBe(1440);
  expect(guessesPerDay(5, 1800, null)).toBe(192);
  expect(guessesPerDay(1, 60, 3600)).toBe(24);
  expect(guessesPerDay(0, 60, 60)).toBeNull();
});
