import { isDeepStrictEqual } from 'node:util';
import type { DriftItem, JournalEntry, Plan, Refusal } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { ok, type Result } from '../../../shared/result';
import type { CloudProvider } from '../../cloud/provider';
import {
  isOverlay,
  type PlanCapabilities,
  planFollowAddress,
  planIsolation,
  planRestoreToTrust,
  planUndo,
} from '../plan';
import type { Intent } from './types';

/**
 * The entry as far as it is a record of the original. One that was begun at an isolation found in the cloud holds no
 * original without it: then only what bears our mark is taken away.
 */
export const recordedOriginal = (entry: JournalEntry | null): JournalEntry | null =>
  entry?.original.groups.some((group) => isOverlay(group, entry.instance.instanceId)) ? null : entry;

export interface Planned {
  readonly plan: Plan;
  readonly drift: readonly DriftItem[];
}

/** What of an instance and its provider plans depend on. */
export interface PlanBasis {
  readonly rdpPort: number;
  readonly capabilities: PlanCapabilities;
  /** False once the provider has refused a denying rule in an enterprise group (fact 8). */
  readonly enterpriseDrops: boolean;
}

/** Plans what is asked for on what was read. Pure. */
export function planFor(
  intent: Intent,
  snapshot: NetworkSnapshot,
  entry: JournalEntry | null,
  planId: string,
  { rdpPort, capabilities, enterpriseDrops }: PlanBasis,
): Result<Planned, Refusal> {
  const { note } = intent;
  const record = recordedOriginal(entry);
  const alone = (plan: Result<Plan, Refusal>): Result<Planned, Refusal> =>
    plan.ok ? ok({ plan: plan.value, drift: [] }) : plan;
  switch (intent.kind) {
    case 'isolate':
      return alone(
        planIsolation(
          snapshot,
          { planId, rdpPort, strategy: intent.strategy, note, enterpriseDrops },
          capabilities,
        ),
      );
    case 'restoreToTrust':
      return alone(
        planRestoreToTrust(
          snapshot,
          { planId, rdpPort, trusted: intent.trusted, entry: record, note },
          capabilities,
        ),
      );
    case 'followAddress': {
      const [from = '', to = ''] = intent.trusted;
      return alone(
        planFollowAddress(snapshot, { planId, rdpPort, from, to, entry: record, note }, capabilities),
      );
    }
    case 'undo':
      return planUndo(
        snapshot,
        { planId, rdpPort, entry: record, decisions: intent.decisions },
        capabilities,
      );
  }
}

/** The plan with the calls that its steps become. */
export function withCalls(plan: Plan, provider: CloudProvider, now: NetworkSnapshot): Plan {
  const ref = { region: plan.instance.region, instanceId: plan.instance.instanceId };
  return {
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, calls: [...provider.describe(step.change, ref, now)] })),
  };
}

/** What of a plan the admin agreed to. `own` groups may be deleted besides: they are nobody else's. */
const agreed = (plan: Plan, own: readonly string[]): unknown => ({
  changes: plan.steps
    .map(({ change }) => change)
    .filter((change) => change.kind !== 'deleteGroup' || !own.includes(change.groupId)),
  blastRadius: plan.blastRadius,
  confirmation: plan.confirmation,
  trusted: plan.trusted,
  place: plan.place,
  expected: plan.expected,
});

/** Whether two plans do the same: the one that was shown and the one that is right now. Pure. */
export const sameDeeds = (a: Plan, b: Plan, own: readonly string[] = []): boolean =>
  isDeepStrictEqual(agreed(a, own), agreed(b, own));

/** Whether a plan made anew reaches no further than the one agreed to: nobody else touched, nothing more asked. */
export const noWider = (agreedTo: Plan, anew: Plan): boolean =>
  anew.kind === 'isolate' &&
  anew.strategy === agreedTo.strategy &&
  isDeepStrictEqual(anew.blastRadius, agreedTo.blastRadius) &&
  (anew.confirmation === 'none' || anew.confirmation === agreedTo.confirmation);
