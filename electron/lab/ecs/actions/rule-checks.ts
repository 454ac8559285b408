import { EcsError } from '../error';
import { withEntry } from '../store';
import type { EcsGroup, EcsRule, EcsState } from '../types';
import type { ActionCall } from './call';

export const replaceRules = (state: EcsState, group: EcsGroup, rules: readonly EcsRule[]): EcsState => ({
  ...state,
  groups: withEntry(state.groups, group.id, { ...group, rules }),
});

/** Throws when a group may not hold a rule, or the rule names what is not there. */
export function checkAgainstGroup(call: ActionCall, group: EcsGroup, rule: EcsRule): void {
  const { state, rules } = call;
  if (rule.sourceGroupId !== '') {
    if (group.type === 'enterprise') {
      throw new EcsError(
        400,
        'InvalidGroupParameter.OperationDenied',
        'An enterprise group takes no group sources.',
      );
    }
    const isOwn = rule.sourceGroupOwnerAccount === '';
    if (isOwn && !state.groups.has(rule.sourceGroupId)) {
      throw new EcsError(404, 'InvalidSourceGroupId.NotFound', 'The specified SourceGroupId does not exist.');
    }
  }
  if (group.type === 'enterprise' && rule.policy === 'Drop' && rules.enterpriseRefusesDrop) {
    throw new EcsError(
      400,
      'InvalidGroupParameter.OperationDenied',
      'Policy cannot be set on an enterprise group.',
    );
  }
  if (rule.sourcePrefixListId !== '' && !state.prefixLists.has(rule.sourcePrefixListId)) {
    throw new EcsError(404, 'InvalidPrefixListId.NotFound', 'The specified prefix list does not exist.');
  }
  if (rule.portRangeListId !== '' && !state.portLists.has(rule.portRangeListId)) {
    throw new EcsError(
      400,
      'InvalidPortRangeListId.NotFound',
      'The specified port range list does not exist.',
    );
  }
}
