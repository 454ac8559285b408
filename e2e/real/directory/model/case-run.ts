import type { Case } from '../../../../cli/conformance/case';
import { effectiveCount, isLocked } from '../../../../electron/lockout/account';
import type { LockoutPolicy } from '../../../../shared/policy';
import { filetimeFromMs, ticksFromSeconds } from '../../../../shared/time';
import { run as runTool } from '../samba/provision';
import { answerFor, type Plan } from './case-plan';
import type { Difference } from './compare';
import { follow, type Run } from './follow';
import { withValues } from './predict';
import { type Actor, freshPassword, learnRemembered, look, type Seen, type Stage, stateOf } from './stage';

/** What came of one case driven one way. */
export interface Driven {
  readonly id: string;
  readonly steps: number;
  /** The controller against what the case says. */
  readonly expectation: readonly Difference[];
  /** The model against the controller, after every step. */
  readonly model: readonly Difference[];
  /** Lockwatch's reading against Samba's tools, after every step. */
  readonly reading: readonly Difference[];
  readonly known: readonly string[];
}

const LONG_AGO_MS = Date.UTC(2010, 0, 1);
const SAM_REFUSED = 'C000000D';
let count = 0;

const differing = (what: string, expected: unknown, actual: unknown): Difference[] =>
  expected === actual ? [] : [{ what, expected: String(expected), actual: String(actual) }];

function stored(text: string | undefined): string | undefined {
  if (text === undefined || ['absent', 'any'].includes(text)) return undefined;
  if (text === 'zero') return '0';
  if (text === 'past') return filetimeFromMs(LONG_AGO_MS).toString();
  const seconds = text === 'recent' ? -1 : Number(text.slice(2, -1));
  return (filetimeFromMs(Date.now()) + ticksFromSeconds(seconds)).toString();
}

/** An account in the case's initial state. */
async function accountOf(stage: Stage, plan: Plan): Promise<Actor> {
  const { account, initial, steps } = plan.test;
  const { database } = stage.dc;
  count += 1;
  const builtIn = account.rid === 500;
  const name = builtIn ? 'Administrator' : `case${count}`;
  const pso =
    plan.source === 'pso' ? `CN=${name},CN=Password Settings Container,CN=System,${stage.dc.base}` : null;
  const actor: Actor = { name, passwords: [], pso, remembered: [] };
  if (builtIn) return actor;
  const trust = account.kind.endsWith('_trust');
  if (trust) return trustAccount(stage, plan);
  const neverSet = (account as { password?: string }).password === 'never set';
  const control = 512 + (account.enabled === false ? 2 : 0) + (neverSet ? 32 : 0);
  if (neverSet) await database.addUsers([{ name, userAccountControl: control }]);
  else {
    const first = freshPassword();
    actor.passwords.push(first);
    await database.addUsers([{ name, password: first, userAccountControl: control }]);
    // As many passwords before as the case asks for.
    const before = Math.max(0, ...steps.map(({ action, n }) => (action === 'old_password' ? (n ?? 1) : 0)));
    for (let n = 0; n < before; n++) {
      const fresh = freshPassword();
      await database.setPassword(name, fresh);
      actor.passwords.push(fresh);
    }
  }
  await learnRemembered(stage, actor);
  if (pso !== null) {
    await database.addPso({
      name,
      precedence: count,
      threshold: plan.policy.threshold ?? 0,
      windowMinutes: (plan.policy.windowSeconds ?? 0) / 60,
      durationMinutes: plan.policy.durationSeconds == null ? null : plan.policy.durationSeconds / 60,
      appliesTo: [name],
    });
  }
  await beginWith(stage, name, initial);
  return actor;
}

async function trustAccount(stage: Stage, { test }: Plan): Promise<Actor> {
  const name = `CASE${count}$`;
  await stage.dc.tool('computer', 'create', name.slice(0, -1), '-H', `${stage.dc.folder}/private/sam.ldb`);
  const { objectSid } = await stage.dc.database.account(name, ['objectSid']);
  await beginWith(stage, name, test.initial);
  return { name, passwords: [], pso: null, remembered: [], sid: objectSid?.[0] ?? '' };
}

async function beginWith(stage: Stage, name: string, initial: Case['initial']): Promise<void> {
  const values = {
    lockoutTime: stored(initial.lockoutTime),
    badPwdCount: initial.badPwdCount === 0 ? undefined : String(initial.badPwdCount),
    badPasswordTime: initial.badPasswordTime === 'zero' ? undefined : stored(initial.badPasswordTime),
    pwdLastSet: stored(initial.pwdLastSet),
  };
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  await stage.attempts.store(name, Object.fromEntries(given));
}

/** Runs a case one way; the domain's policy is set already. */
export async function drive(stage: Stage, plan: Plan, domain: LockoutPolicy): Promise<Driven> {
  const actor = await accountOf(stage, plan);
  const [begun] = await look(stage, [actor], actor);
  if (!begun) throw new Error('not looked at');
  const policy: LockoutPolicy =
    plan.source === 'domain'
      ? domain
      : { ...withValues(domain, plan.policy), source: 'pso', lockoutAdmins: 'unknown' };
  const run: Run = { accounts: [{ actor, state: stateOf(begun) }], policy };
  const expectation: Difference[] = [];
  const model: Difference[] = [];
  const reading: Difference[] = [];
  const known: string[] = [];
  let before = begun;
  let after = begun;
  let policyChanged = false;
  for (const [index, { step, result }] of plan.steps.entries()) {
    const at = (found: readonly Difference[]) =>
      found.map((one) => ({ ...one, what: `step ${index + 1}: ${one.what}` }));
    before = after;
    if (step.do === 'samPolicy') {
      const { threshold, windowSeconds, durationSeconds } = step.values;
      const answer = await stage.attempts.samrPolicy(
        threshold,
        ticksFromSeconds(windowSeconds),
        ticksFromSeconds(durationSeconds ?? 0),
      );
      policyChanged = answer === '00000000';
      expectation.push(...at(differing('answer', result === 'success' ? '00000000' : SAM_REFUSED, answer)));
      continue;
    }
    const outcome = await follow(stage, run, 0, step);
    after = outcome.seen;
    policyChanged = step.do === 'policy';
    if (result !== null) {
      const wanted = answerFor(step, result);
      if (wanted !== null) expectation.push(...at(differing('answer', wanted, outcome.answer)));
      if (result === 'no_op') expectation.push(...at(unchanged(before, after)));
    }
    model.push(...at(outcome.model));
    reading.push(...at(outcome.reading));
    known.push(...outcome.known);
  }
  if (plan.steps.length === 0) {
    reading.push(...(await justLook(stage, run, actor)));
    [before, after] = [begun, (await look(stage, [actor], actor))[0] ?? begun];
  }
  const last = plan.steps.at(-1)?.step;
  const moved = last?.do === 'wait' && last.by === 'shift' ? last.seconds : 0;
  expectation.push(...outcomeOf(plan.test, before, after, run.policy, policyChanged, moved));
  reading.push(...(await asLdbsearchPrints(stage, after)));
  return { id: plan.id, steps: plan.steps.length, expectation, model, reading, known };
}

/** A case without steps says what its state is; for a lock that just ended, from the next whole second on. */
async function justLook(stage: Stage, run: Run, actor: Actor): Promise<readonly Difference[]> {
  await new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000)));
  const outcome = await follow(stage, run, 0, { do: 'wait', seconds: 0, by: 'clock' });
  return [...outcome.reading, ...outcome.model.map((one) => ({ ...one, what: `${actor.name} ${one.what}` }))];
}

function unchanged(before: Seen, after: Seen): Difference[] {
  return ['badPwdCount', 'lockoutTime', 'badPasswordTime'].flatMap((name) =>
    differing(`${name} after nothing`, before.attributes[name]?.[0], after.attributes[name]?.[0]),
  );
}

/** The controller's state against what the case says it is after its last step. */
function outcomeOf(
  { expect }: Case,
  before: Seen,
  after: Seen,
  policy: LockoutPolicy,
  policyChanged: boolean,
  movedSeconds: number,
): Difference[] {
  const state = stateOf(after);
  const { samr, span } = after;
  const found: Difference[] = [];
  const check = (what: string, wanted: unknown, actual: unknown): void => {
    if (wanted !== undefined && wanted !== 'any') found.push(...differing(what, wanted, actual));
  };
  check('badPwdCount', expect.badPwdCount, state.badPasswordCount);
  check('effectiveBadPwdCount by SAMR', expect.effectiveBadPwdCount, samr?.effective);
  check('effectiveBadPwdCount', expect.effectiveBadPwdCount, effectiveCount(state, policy, span.to));
  check('locked by SAMR', expect.locked, samr?.locked);
  check('locked', expect.locked, isLocked(state, policy, span.to));
  check('policy_changed', expect.policy_changed, policyChanged);
  const value = (seen: Seen, name: string): string | undefined => seen.attributes[name]?.[0];
  /** A wait that moved the stored times: unchanged is what it was, moved. */
  const wasMoved = (name: string): string | undefined => {
    const was = value(before, name);
    if (was === undefined || was === '0' || !['badPasswordTime', 'lockoutTime'].includes(name)) return was;
    return (BigInt(was) - ticksFromSeconds(movedSeconds)).toString();
  };
  if (expect.lockoutTime !== undefined && expect.lockoutTime !== 'any') {
    const [was, is] = [wasMoved('lockoutTime'), value(after, 'lockoutTime')];
    const kind =
      expect.lockoutTime === 'unchanged' && was === is
        ? 'unchanged'
        : is === undefined
          ? 'absent'
          : is === '0'
            ? 'zero'
            : is === was
              ? 'unchanged'
              : 'set_now';
    check('lockoutTime', expect.lockoutTime, kind);
  }
  for (const name of ['badPasswordTime', 'lastLogon', 'logonCount'] as const) {
    const [was, is] = [BigInt(wasMoved(name) ?? '0'), BigInt(value(after, name) ?? '0')];
    const kind =
      expect[name] === 'zero' && is === 0n
        ? 'zero'
        : is > was
          ? 'advanced'
          : is === was
            ? 'unchanged'
            : 'went back';
    check(name, expect[name], kind);
  }
  return found;
}

/** The last reading against what Samba's command prints. */
async function asLdbsearchPrints({ dc }: Stage, { stored: read }: Seen): Promise<Difference[]> {
  const { stdout } = await runTool('ldbsearch', [
    '-H',
    `${dc.folder}/private/sam.ldb`,
    '-b',
    read.dn,
    '-s',
    'base',
    'badPwdCount',
    'lockoutTime',
    'badPasswordTime',
  ]);
  const printed = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(stdout)?.[1] ?? '0';
  return [
    ...differing('ldbsearch badPwdCount', printed('badPwdCount'), String(read.badPasswordCount)),
    ...differing('ldbsearch lockoutTime', printed('lockoutTime'), String(read.lockoutTime)),
    ...differing('ldbsearch badPasswordTime', printed('badPasswordTime'), String(read.badPasswordTime)),
  ];
}
