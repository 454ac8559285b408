import type { AccountState } from '../../../../electron/lockout/account';
import type { LockoutPolicy } from '../../../../shared/policy';
import type { Answer } from './attempts';
import { against, type Difference, instants, samePolicy, sameReading } from './compare';
import { KNOWN_DIFFERENCES } from './known-differences';
import { type Prediction, predict, withValues } from './predict';
import {
  type Actor,
  asRemembered,
  during,
  learnRemembered,
  look,
  perform,
  type Seen,
  type Stage,
  stateOf,
} from './stage';
import type { Step } from './steps';

/** An account with what the model says of it so far. */
export interface Followed {
  readonly actor: Actor;
  state: AccountState;
}

export interface Outcome {
  readonly answer: Answer | null;
  /** As it was stored after the step. */
  readonly seen: Seen;
  /** Model against controller, all accounts. */
  readonly model: readonly Difference[];
  /** Lockwatch's reading against Samba's own. */
  readonly reading: readonly Difference[];
  /** Ids of the known differences that came up. */
  readonly known: readonly string[];
  /** The step fell on the very end of a window or a lock: the model says one thing before and another after. */
  readonly onTheEdge: boolean;
}

export interface Run {
  readonly accounts: readonly Followed[];
  /** The same for all of them. */
  policy: LockoutPolicy;
}

function toldToTheModel(actor: Actor, step: Step): Step {
  if (step.do === 'logon') return { ...step, password: asRemembered(actor, step.password) };
  return step.do === 'change' ? { ...step, old: asRemembered(actor, step.old) } : step;
}

/** Does one step at the controller and in the model, and holds all accounts of the run against each other. */
export async function follow(stage: Stage, run: Run, who: number, step: Step): Promise<Outcome> {
  const target = run.accounts[who % run.accounts.length];
  if (!target) throw new Error('no account');
  if (step.do === 'policy') run.policy = withValues(run.policy, step.values);
  const asTold = toldToTheModel(target.actor, step);
  const { value: answer, span } = await during(() => perform(stage, target.actor, step));
  if (step.do === 'reset' || step.do === 'change') await learnRemembered(stage, target.actor);
  if (step.do === 'wait' && step.by === 'shift') {
    for (const other of run.accounts) {
      if (other !== target) await perform(stage, other.actor, step);
    }
  }
  const seen = await look(
    stage,
    run.accounts.map(({ actor }) => actor),
    target.actor,
  );
  const differences: Difference[] = [];
  const reading: Difference[] = [];
  const known: string[] = [];
  let onTheEdge = false;
  let own: Seen | undefined;
  run.accounts.forEach((account, index) => {
    const its = seen[index];
    if (!its) throw new Error('not looked at');
    reading.push(...sameReading(its), ...samePolicy(run.policy, its));
    const takesPart = account === target || (step.do === 'wait' && step.by === 'shift');
    const effect: Step = takesPart ? asTold : { do: 'policy', values: {} };
    const possible = instants(its, span).map((now) => {
      const predicted = predict(account.state, effect, run.policy, now);
      const difference = KNOWN_DIFFERENCES.map((one) => ({
        id: one.id,
        instead: one.instead(effect, account.state, run.policy, predicted, now),
      })).find(({ instead }) => instead !== null);
      const outcome: Prediction = difference?.instead ?? predicted;
      const found = against(outcome, its, account === target ? answer : null);
      return { outcome, id: difference?.id, found };
    });
    const best = possible.reduce((a, b) => (b.found.length < a.found.length ? b : a));
    if (possible.some(({ found }) => found.length !== best.found.length)) onTheEdge = true;
    if (best.id !== undefined) known.push(best.id);
    differences.push(...best.found.map((one) => ({ ...one, what: `${account.actor.name} ${one.what}` })));
    // The controller goes on from what it stored: so does the model, else one difference is told at every step.
    account.state = best.found.length === 0 ? best.outcome.state : stateOf(its);
    if (account === target) own = its;
  });
  if (!own) throw new Error('the account was not looked at');
  return { answer, seen: own, model: differences, reading, known, onTheEdge };
}
