import { judge } from '../../../../electron/directory/judge-account';
import { type AccountState, effectiveCount } from '../../../../electron/lockout/account';
import type { LockoutPolicy } from '../../../../shared/policy';
import { type Filetime, TICKS_PER_MS, TICKS_PER_SECOND } from '../../../../shared/time';
import type { Answer } from './attempts';
import type { Prediction } from './predict';
import { type Seen, type Span, stateOf } from './stage';

/** One thing that is not as it should be. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

export const inWords = (found: readonly Difference[]): string =>
  found.map(({ what, expected, actual }) => `${what}: expected ${expected}, actual ${actual}`).join('; ');

const differing = (what: string, expected: unknown, actual: unknown): Difference[] =>
  expected === actual ? [] : [{ what, expected: String(expected), actual: String(actual) }];

const within = (at: Filetime, { from, to }: Span): boolean => from <= at && at <= to;

/** When a controller did what it did, by what it wrote; else the first and the last instant that it can have been. */
export function instants(seen: Seen, span: Span): readonly Filetime[] {
  const { badPasswordTime, lockoutTime, lastLogon, passwordSet } = seen.stored;
  const written = [badPasswordTime, lockoutTime, lastLogon, passwordSet].find(
    (at) => at !== null && within(at, span),
  );
  return typeof written === 'bigint' ? [written] : [span.from, span.to];
}

/** Model against controller: what is stored, and what the caller was answered. */
export function against(predicted: Prediction, seen: Seen, answer: Answer | null): Difference[] {
  const actual = stateOf(seen);
  const keys: readonly (keyof AccountState)[] = [
    'enabled',
    'badPasswordCount',
    'badPasswordTime',
    'lockoutTime',
    'lastLogon',
    'logonCount',
    'passwordLastSet',
  ];
  return [
    ...differing('answer', predicted.answer, answer),
    ...keys.flatMap((key) => differing(key, predicted.state[key], actual[key])),
  ];
}

const first = (values: readonly string[] | undefined): string => values?.[0] ?? '0';
const COMPUTED = 'msDS-User-Account-Control-Computed';
/** No tick of a kernel is longer. */
const CLOCK_STEP = 20n * TICKS_PER_MS;

/** Lockwatch's reading against what Samba's own library and its SAM say of the same account. */
export function sameReading(seen: Seen): Difference[] {
  const { stored, attributes, samr, policy, span } = seen;
  const { badPwdCount, badPasswordTime, lockoutTime, lastLogon, pwdLastSet } = attributes;
  const found = [
    ...differing('read badPwdCount', first(badPwdCount), String(stored.badPasswordCount)),
    ...differing('read badPasswordTime', first(badPasswordTime), String(stored.badPasswordTime)),
    ...differing('read lockoutTime', first(lockoutTime), String(stored.lockoutTime)),
    ...differing('read lastLogon', first(lastLogon), String(stored.lastLogon)),
    ...differing('read pwdLastSet', first(pwdLastSet), String(stored.passwordSet)),
    ...differing('read enabled', (Number(first(attributes.userAccountControl)) & 2) === 0, stored.enabled),
    ...differing(
      'read msDS-ResultantPSO',
      attributes['msDS-ResultantPSO']?.[0]?.toLowerCase(),
      stored.psoDn?.toLowerCase(),
    ),
    ...differing('odd values', '', stored.odd.join()),
  ];
  // Between two questions of one look, a window or a lock may end; for a lock's end Samba cuts now to whole seconds,
  // of a clock that steps with the kernel's ticks and so may still show the second before.
  const [early, late] = [span.from - CLOCK_STEP, span.to].map((now) => {
    const governing = { policy: policy.policy, name: policy.name };
    return {
      locked: judge(stored, governing, now - (now % TICKS_PER_SECOND)).status === 'locked',
      effective: effectiveCount(stateOf(seen), policy.policy, now),
    };
  });
  if (!early || !late) throw new Error('two instants give two judgements');
  const computed = (Number(first(attributes[COMPUTED])) & 16) !== 0;
  if (early.locked === late.locked) {
    found.push(...differing('judged locked', computed, early.locked));
    found.push(...differing('lock flag read', computed, stored.lockedFlag));
    if (samr) found.push(...differing('locked by SAMR', samr.locked, early.locked));
  }
  if (samr) {
    found.push(...differing('raw count by SAMR', samr.raw, stored.badPasswordCount));
    if (early.effective === late.effective) {
      found.push(...differing('effective count by SAMR', samr.effective, early.effective));
    }
  }
  return found;
}

/** The model's own judgement against the policy that was read. */
export function samePolicy(expected: LockoutPolicy, seen: Seen): Difference[] {
  const { policy } = seen.policy;
  return [
    ...differing('policy threshold', expected.threshold, policy.threshold),
    ...differing('policy window', expected.observationWindow, policy.observationWindow),
    ...differing('policy duration', expected.lockoutDuration, policy.lockoutDuration),
    ...differing('policy history', expected.passwordHistoryLength, policy.passwordHistoryLength),
    ...differing('policy source', expected.source, policy.source),
  ];
}
