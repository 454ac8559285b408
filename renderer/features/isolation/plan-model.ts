import type { Plan } from '../../../shared/isolation';
import type { PlanPreview } from '../../../shared/isolation-contract';
import type { InstanceIsolation } from './state';
import { isBusy } from './status-model';

export type RunnablePreview = PlanPreview & { readonly plan: Plan };

/** The previews that can be applied: a plan with something to do. */
export const runnable = (previews: readonly PlanPreview[]): readonly RunnablePreview[] =>
  previews.filter((one): one is RunnablePreview => one.plan !== null && one.plan.steps.length > 0);

/** Other instances that a plan touches, by name, each once. */
export function touched(plan: Plan): readonly string[] {
  const names = new Map<string, string>();
  for (const { instances } of plan.blastRadius) {
    for (const { id, name } of instances) {
      if (id !== plan.instance.instanceId) names.set(id, name || id);
    }
  }
  return [...names.values()];
}

const shape = ({ kind, strategy, place, steps, blastRadius, confirmation, trusted }: Plan): string =>
  JSON.stringify([
    kind,
    strategy,
    place,
    steps.map(({ change, phrase }) => [change.kind, phrase.key]),
    blastRadius.map((group) => [group.groupId, group.instances.map((one) => one.id)]),
    confirmation,
    trusted,
  ]);

/** Whether two sets of previews would do the same; the words of the reason and the incident do not count. */
export function sameShape(a: readonly PlanPreview[], b: readonly PlanPreview[]): boolean {
  const shapes = (previews: readonly PlanPreview[]): string =>
    runnable(previews)
      .map((one) => `${one.id} ${shape(one.plan)}`)
      .join('\n');
  return shapes(a) === shapes(b);
}

export interface Confirmation {
  readonly ask: boolean;
  /** What must be typed; null when nothing. */
  readonly type: string | null;
  /** Left out of a batch because each wants its own name typed. */
  readonly alone: readonly RunnablePreview[];
  readonly apply: readonly RunnablePreview[];
}

/** What is asked before all of these are applied together. */
export function confirmationOf(previews: readonly PlanPreview[]): Confirmation {
  const all = runnable(previews);
  if (all.length === 1) {
    const plan = all[0]?.plan;
    const type = plan?.confirmation === 'type' ? plan.instance.name || plan.instance.instanceId : null;
    return { ask: plan?.confirmation === 'ask', type, alone: [], apply: all };
  }
  const alone = all.filter((one) => one.plan.confirmation === 'type');
  const apply = all.filter((one) => one.plan.confirmation !== 'type');
  return { ask: apply.some((one) => one.plan.confirmation === 'ask'), type: null, alone, apply };
}

export type Outcome = 'waiting' | 'running' | 'done';

const trace = (view: InstanceIsolation | undefined): string =>
  view ? JSON.stringify([view.state, view.entry?.id, view.entry?.verification?.atMs, view.attention]) : '';

/** Where one instance's plan stands, from how it was before the click, and whether it has been seen running. */
export function outcomeOf(
  before: InstanceIsolation | undefined,
  now: InstanceIsolation | undefined,
  answered: boolean,
): Outcome {
  if (now && isBusy(now)) return 'running';
  return answered && trace(before) !== trace(now) ? 'done' : 'waiting';
}

const saidBy: Readonly<Record<string, readonly string[]>> = {
  sessions: ['isolation.warning.sessionsUnknown', 'isolation.warning.sessionsStay'],
  documentation: ['isolation.warning.documentedOnly'],
  loadBalancer: ['isolation.warning.loadBalancer'],
};

/** What nobody knows of a plan, left out where one of its warnings says it already. */
export function unknowns(plan: Pick<Plan, 'kind' | 'warnings'>): readonly string[] {
  const topics = {
    isolate: ['sessions', 'documentation', 'loadBalancer', 'port'],
    restoreToTrust: ['documentation', 'loadBalancer', 'port'],
    followAddress: ['documentation', 'port'],
    undo: ['port'],
  }[plan.kind];
  const said = new Set(plan.warnings.map((warning) => warning.key));
  return topics.filter((topic) => !(saidBy[topic] ?? []).some((key) => said.has(key)));
}

/** A phrase as a sentence beside others. */
export const asSentence = (text: string): string => (/[.!?。]$/.test(text) ? text : `${text}.`);
