import type { Phrase } from '../../../shared/account-status';
import type { BlastGroup, Exposure, Plan, Refusal } from '../../../shared/isolation';
import type { IngressRule, NetworkSnapshot, SecurityGroup } from '../../../shared/network';
import { err } from '../../../shared/result';
import { evaluateExposure, remainingPaths } from '../exposure';
import { type PlanCapabilities, RULES_PER_INTERFACE } from './options';
import { predict } from './predict';
import { type DraftStep, minimumCalls, numbered } from './steps';

export const refusal = (
  code: Refusal['code'],
  params: Phrase['params'] = {},
): { readonly ok: false; readonly error: Refusal } =>
  err({ code, phrase: { key: `isolation.refusal.${code}`, params } });

export const warning = (key: string, params: Phrase['params'] = {}): Phrase => ({
  key: `isolation.warning.${key}`,
  params,
});

/** Why nothing can be planned for this snapshot, whatever the plan; null: go ahead. */
export function obstacle(snapshot: NetworkSnapshot): ReturnType<typeof refusal> | null {
  const { instance, interfaces, groups } = snapshot;
  if (instance.lockedForSecurity) return refusal('lockedForSecurity', { name: instance.name });
  if (interfaces.length === 0) return refusal('released', { name: instance.name });
  if (instance.vpcId === null) return refusal('noVpc', { name: instance.name });
  for (const { groupIds } of interfaces) {
    const missing = groupIds.find((id) => !groups.some((group) => group.id === id));
    if (missing !== undefined || groupIds.length === 0)
      return refusal('incompleteSnapshot', { name: instance.name });
  }
  return null;
}

/** Other instances that carry groups of which these rules change. */
export function blastRadius(
  snapshot: NetworkSnapshot,
  changed: readonly { readonly groupId: string; readonly rule: IngressRule; readonly otherPorts: boolean }[],
): BlastGroup[] {
  return snapshot.groups.flatMap((group) => {
    const here = changed.filter(({ groupId }) => groupId === group.id);
    const instances = othersOf(group, snapshot);
    if (here.length === 0 || instances.length === 0) return [];
    return [
      {
        groupId: group.id,
        groupName: group.name,
        instances,
        otherPorts: here.some(({ otherPorts }) => otherPorts),
      },
    ];
  });
}

export const othersOf = (group: SecurityGroup, snapshot: NetworkSnapshot): SecurityGroup['members'] =>
  group.members.filter(({ id }) => id !== snapshot.instance.id);

export const distinctInstances = (groups: readonly BlastGroup[]): number =>
  new Set(groups.flatMap(({ instances }) => instances.map(({ id }) => id))).size;

/** What is true of every plan that closes something. */
export function commonWarnings(snapshot: NetworkSnapshot, capabilities: PlanCapabilities): Phrase[] {
  const warnings: Phrase[] = remainingPaths(snapshot).map((path) =>
    path.kind === 'sameGroup'
      ? warning('sameGroup', {
          group: path.groupName,
          members: path.members.length,
          names: path.members.map(({ name }) => name).join(', '),
        })
      : warning('loadBalancer'),
  );
  if (capabilities.cutsEstablished !== 'yes')
    warnings.push(warning(capabilities.cutsEstablished === 'no' ? 'sessionsStay' : 'sessionsUnknown'));
  return warnings;
}

const rulesOn = (snapshot: NetworkSnapshot, interfaceId: string): number => {
  const groupIds = snapshot.interfaces.find(({ id }) => id === interfaceId)?.groupIds ?? [];
  return snapshot.groups
    .filter(({ id }) => groupIds.includes(id))
    .reduce((rules, { ingress }) => rules + ingress.length, 0);
};

/**
 * The interface that these steps would give more rules than the provider is documented to take, if any. One that
 * carries more already shows that the account's limit is another.
 */
export function overRuleLimit(snapshot: NetworkSnapshot, steps: readonly DraftStep[]): string | null {
  const after = afterSteps(snapshot, steps);
  const over = snapshot.interfaces.find(
    ({ id }) => rulesOn(snapshot, id) <= RULES_PER_INTERFACE && rulesOn(after, id) > RULES_PER_INTERFACE,
  );
  return over?.id ?? null;
}

export interface Draft {
  readonly id: string;
  readonly kind: Plan['kind'];
  readonly strategy: Plan['strategy'];
  readonly place: Plan['place'];
  readonly reason: Phrase;
  readonly steps: readonly DraftStep[];
  readonly trusted: readonly string[];
  readonly blastRadius: readonly BlastGroup[];
  readonly warnings: readonly Phrase[];
  readonly confirmation: Plan['confirmation'];
  readonly alternatives: Plan['alternatives'];
}

export const afterSteps = (snapshot: NetworkSnapshot, steps: readonly DraftStep[]): NetworkSnapshot =>
  predict(
    snapshot,
    steps.map(({ change }) => change),
  );

/** Makes the plan of a draft. `expected` is what the exposure function said of the predicted snapshot. */
export function finish(
  snapshot: NetworkSnapshot,
  rdpPort: number,
  expected: Plan['expected'],
  capabilities: PlanCapabilities,
  from: Draft,
): Plan {
  const steps = numbered(from.steps);
  const { id, name, region } = snapshot.instance;
  return {
    id: from.id,
    kind: from.kind,
    instance: { region, instanceId: id, name },
    rdpPort,
    strategy: from.strategy,
    place: from.place,
    basedOnMs: snapshot.takenAtMs,
    reason: from.reason,
    steps,
    trusted: [...from.trusted],
    blastRadius: [...from.blastRadius],
    warnings: [...from.warnings],
    confirmation: from.confirmation,
    alternatives: from.alternatives,
    expected,
    minimumCalls: minimumCalls({ steps }, capabilities.rulesPerCall),
  };
}

/** The exposure after these steps, of the port and of what is trusted. */
export const exposureAfter = (
  snapshot: NetworkSnapshot,
  steps: readonly DraftStep[],
  rdpPort: number,
  trusted: readonly string[] = [],
): Exposure => evaluateExposure(afterSteps(snapshot, steps), rdpPort, trusted);
