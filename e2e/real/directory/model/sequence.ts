import fc from 'fast-check';
import type { LockoutPolicy } from '../../../../shared/policy';
import { inWords } from './compare';
import { follow, type Run } from './follow';
import { withValues } from './predict';
import { type Actor, freshPassword, learnRemembered, look, type Stage, stateOf, writePolicy } from './stage';
import { nameOf, type PolicySeconds, type Step } from './steps';

/** What a run begins with, and what is then done to which of its accounts. */
export interface Sequence {
  readonly policy: Required<PolicySeconds>;
  readonly steps: readonly (readonly [who: number, step: Step])[];
}

export const ACCOUNTS_PER_RUN = 3;

/** Passwords that an account of a run has had before it begins, its present one included. */
const PASSWORDS = 4;

/** Accounts of one lane; they share a policy, the domain's or a password settings object's. */
export interface Lane {
  readonly stage: Stage;
  readonly actors: readonly Actor[];
  readonly base: LockoutPolicy;
  /** What its policies may not change, because other lanes depend on it. */
  readonly fixed: PolicySeconds;
}

export async function prepareLane(stage: Stage, name: string, pso: string | null): Promise<Lane> {
  const { database } = stage.dc;
  const actors: Actor[] = [];
  for (let n = 0; n < ACCOUNTS_PER_RUN; n++) {
    const passwords = Array.from({ length: PASSWORDS }, freshPassword);
    const actor: Actor = { name: `${name}${n}`, passwords, pso, remembered: [] };
    await database.addUsers([{ name: actor.name, password: passwords[0] ?? '' }]);
    for (const password of passwords.slice(1)) await database.setPassword(actor.name, password);
    await learnRemembered(stage, actor);
    actors.push(actor);
  }
  const base: LockoutPolicy = {
    threshold: 0,
    observationWindow: 0n,
    lockoutDuration: 0n,
    lockoutAdmins: 'unknown',
    source: pso === null ? 'domain' : 'pso',
    passwordHistoryLength: 24,
  };
  return { stage, actors, base, fixed: pso === null ? { history: 24 } : {} };
}

export interface Followed {
  readonly steps: number;
  readonly onTheEdge: number;
  readonly known: readonly string[];
}

/** Runs a sequence from a clean state; throws with the whole story at the first difference. */
export async function runSequence(lane: Lane, sequence: Sequence): Promise<Followed> {
  const { stage, actors, base, fixed } = lane;
  const pso = actors[0]?.pso ?? null;
  const initial = { ...sequence.policy, ...fixed };
  await writePolicy(stage, pso, initial);
  for (const actor of actors) {
    // A lock's end is written with the count: what unlocks also clears.
    await stage.attempts.store(actor.name, { lockoutTime: '0', badPasswordTime: '0' });
    await stage.dc.database.modifyAccount(actor.name, { userAccountControl: '512' });
  }
  const begun = await look(stage, actors, null);
  const run: Run = {
    policy: withValues(base, initial),
    accounts: actors.map((actor, index) => {
      const seen = begun[index];
      if (!seen) throw new Error('not looked at');
      return { actor, state: stateOf(seen) };
    }),
  };
  const told: string[] = [`policy ${JSON.stringify(initial)}`];
  const known: string[] = [];
  let onTheEdge = 0;
  for (const [who, given] of sequence.steps) {
    const step: Step = given.do === 'policy' ? { ...given, values: { ...given.values, ...fixed } } : given;
    const outcome = await follow(stage, run, who, step);
    told.push(`account ${who}: ${nameOf(step)}: ${outcome.answer ?? 'done'}`);
    known.push(...outcome.known);
    if (outcome.onTheEdge) onTheEdge += 1;
    const found = [...outcome.model, ...outcome.reading];
    if (found.length > 0) throw new Error(`${told.join('\n')}\n=> ${inWords(found)}`);
  }
  return { steps: sequence.steps.length, onTheEdge, known };
}

const secret = fc.oneof(
  { weight: 4, arbitrary: fc.constant('wrong' as const) },
  { weight: 2, arbitrary: fc.constant('right' as const) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }).map((old) => ({ old })) },
);
const logon = fc.record({
  do: fc.constant('logon' as const),
  route: fc.constantFrom('bind' as const, 'ntlm' as const, 'kerberos' as const),
  password: secret,
});
const change = fc.record({
  do: fc.constant('change' as const),
  route: fc.oneof(
    { weight: 4, arbitrary: fc.constant('ldap' as const) },
    { weight: 1, arbitrary: fc.constant('samr' as const) },
  ),
  old: secret,
});
const unlock = fc.record({
  do: fc.constant('unlock' as const),
  method: fc.constantFrom('lockoutTime' as const, 'userAccountControl' as const, 'samr' as const),
});

/** Durations are never shorter than the window, and lie far from each other and from the waits, or seconds apart. */
interface Scale {
  readonly windows: readonly number[];
  readonly waits: readonly number[];
  readonly by: 'shift' | 'clock';
}
const BY_SHIFT: Scale = { windows: [300, 1800], waits: [100, 400, 2000, 4000], by: 'shift' };
const BY_CLOCK: Scale = { windows: [2, 3], waits: [1, 2, 3], by: 'clock' };

function values({ windows }: Scale): fc.Arbitrary<Required<PolicySeconds>> {
  return fc
    .record({
      threshold: fc.constantFrom(0, 1, 2, 3, 3, 4),
      windowSeconds: fc.constantFrom(...windows),
      durationSeconds: fc.constantFrom(null, 1, 1, 2),
      history: fc.constantFrom(24, 24, 24, 2, 1, 0),
    })
    .map(({ durationSeconds, ...rest }) => ({
      ...rest,
      durationSeconds: durationSeconds === null ? null : rest.windowSeconds * durationSeconds,
    }));
}

function sequences(scale: Scale): fc.Arbitrary<Sequence> {
  const wait = fc
    .constantFrom(...scale.waits)
    .map((seconds) => ({ do: 'wait' as const, seconds, by: scale.by }));
  const policy = values(scale).map((all) => ({ do: 'policy' as const, values: all }));
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 12, arbitrary: logon },
    { weight: 2, arbitrary: change },
    { weight: 2, arbitrary: unlock },
    { weight: 2, arbitrary: wait },
    { weight: 1, arbitrary: policy },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'reset' }) },
    { weight: 1, arbitrary: fc.boolean().map((enabled): Step => ({ do: 'enable', enabled })) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'lockBit' }) },
  );
  const who = fc.integer({ min: 0, max: ACCOUNTS_PER_RUN - 1 });
  return fc.record({
    policy: values(scale),
    steps: fc.array(fc.tuple(who, step), { minLength: 4, maxLength: 14 }),
  });
}

/** Four of five wait by moving the stored times, one of five in real seconds. */
export const anySequence: fc.Arbitrary<Sequence> = fc.oneof(
  { weight: 4, arbitrary: sequences(BY_SHIFT) },
  { weight: 1, arbitrary: sequences(BY_CLOCK) },
);
