import { EcsError, lockedForSecurity, managedGroup, noGroup, noInstance, noInterface } from '../error';
import type { Parameters } from '../parameters';
import type { EcsGroup, EcsInstance, EcsInterface, EcsLimits, EcsState, JsonObject } from '../types';

/** One call as an action sees it. */
export interface ActionCall {
  readonly parameters: Parameters;
  /** The truth: every change is checked against it. */
  readonly state: EcsState;
  /** What readers see, which may lag behind. */
  readonly described: EcsState;
  readonly now: () => string;
  readonly nowMs: number;
  readonly newId: (prefix: string) => string;
  readonly limits: EcsLimits;
  readonly rules: Rulebook;
  readonly power: PowerTimes;
  write(state: EcsState): void;
  /** Changes the state after so many milliseconds; at once for 0. */
  later(ms: number, change: (state: EcsState) => EcsState): void;
  /** The only way a password leaves the call: to whoever plays the machine. */
  tellPassword(instanceId: string, password: string): void;
}

/** How long an instance takes to stop and to start; milliseconds. */
export interface PowerTimes {
  readonly stopMs: number;
  readonly startMs: number;
}

/** Where the documentation contradicts itself, and a test may want the other reading. */
export interface Rulebook {
  /** Fact 8: an error that is still listed although the comparison page says otherwise. */
  readonly enterpriseRefusesDrop: boolean;
  /** Fact 14: revoking by `Permissions` what is not there. */
  readonly revokeOfMissingRule: 'succeeds' | 'fails';
  /** Fact 14: which of the two documented codes a missing rule id gives. */
  readonly missingRuleIdCode: 'InvalidParam.SecurityGroupRuleId' | 'InvalidSecurityGroupRuleId.NotFound';
}

export interface Action {
  /** Whether it takes a `ClientToken`. */
  readonly token: boolean;
  run(call: ActionCall): JsonObject;
}

export function groupOf(state: EcsState, id: string): EcsGroup {
  const group = state.groups.get(id);
  if (!group) throw noGroup();
  return group;
}

/** A group that may be written to. */
export function ownGroupOf(state: EcsState, id: string): EcsGroup {
  const group = groupOf(state, id);
  if (group.managed) throw managedGroup();
  return group;
}

export function instanceOf(state: EcsState, id: string): EcsInstance {
  const instance = state.instances.get(id);
  if (!instance) throw noInstance();
  return instance;
}

/** An instance that may be changed: not locked for security. */
export function freeInstanceOf(state: EcsState, id: string): EcsInstance {
  const instance = instanceOf(state, id);
  if (instance.locks.includes('security')) throw lockedForSecurity();
  return instance;
}

export function interfaceOf(state: EcsState, id: string): EcsInterface {
  const nic = state.interfaces.get(id);
  if (!nic) throw noInterface();
  return nic;
}

export function primaryOf(state: EcsState, instance: EcsInstance): EcsInterface {
  const primary = instance.interfaceIds.map((id) => interfaceOf(state, id)).find((nic) => nic.primary);
  if (!primary) throw noInterface();
  return primary;
}

export const membersOf = (state: EcsState, groupId: string): EcsInterface[] =>
  [...state.interfaces.values()].filter((nic) => nic.groupIds.includes(groupId));

/** What an entry counts against the rule limit: a list counts as its maximum (fact 11). */
export const weightOf = (
  state: EcsState,
  rule: { sourcePrefixListId: string; portRangeListId: string },
): number =>
  Math.max(1, state.prefixLists.get(rule.sourcePrefixListId)?.maxEntries ?? 1) *
  Math.max(1, state.portLists.get(rule.portRangeListId)?.maxEntries ?? 1);

/** Throws when an interface with these groups would have more rules or groups than it may. */
export function checkLimits(
  { limits }: Pick<ActionCall, 'limits'>,
  state: EcsState,
  groupIds: readonly string[],
): void {
  if (groupIds.length > limits.groupsPerInterface) {
    throw new EcsError(
      400,
      'InstanceSecurityGroupLimitExceeded',
      'The instance would be in more security groups than allowed.',
    );
  }
  const total = groupIds
    .flatMap((id) => state.groups.get(id)?.rules ?? [])
    .reduce((sum, rule) => sum + weightOf(state, rule), 0);
  if (total > limits.rulesPerInterface) throw tooManyRules();
}

export const tooManyRules = (): EcsError =>
  new EcsError(403, 'AuthorizationLimitExceed', 'The limit of security group rules is exceeded.');

/** Fact 12: an instance is neither put into a managed group nor taken out of it by hand. */
export function managedChange(state: EcsState, before: readonly string[], after: readonly string[]): void {
  const moved = [
    ...before.filter((id) => !after.includes(id)),
    ...after.filter((id) => !before.includes(id)),
  ];
  if (moved.some((id) => state.groups.get(id)?.managed)) throw managedGroup();
}

export const documentedRules: Rulebook = {
  enterpriseRefusesDrop: false,
  revokeOfMissingRule: 'succeeds',
  missingRuleIdCode: 'InvalidParam.SecurityGroupRuleId',
};
