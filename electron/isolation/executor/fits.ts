import type { Phrase } from '../../../shared/account-status';
import type { NetworkChange, NetworkSnapshot } from '../../../shared/network';
import { isOverlay, predict } from '../plan';

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

const changed = (key: string, params: Phrase['params']): Phrase => ({ key: `isolation.run.${key}`, params });

/**
 * Whether somebody else changed, between a plan's reading and now, what the plan rests on: the interfaces, their
 * memberships, the tags of an overlay, a lock by the provider. The cloud has no compare-and-swap, so this is looked
 * at just before a membership is changed. `mine` are the run's own changes up to now. Null: it still fits. Pure.
 */
export function changedMeanwhile(
  base: NetworkSnapshot,
  mine: readonly NetworkChange[],
  now: NetworkSnapshot,
): Phrase | null {
  const { name } = now.instance;
  if (now.instance.lockedForSecurity) return changed('lockedForSecurity', { name });
  const expected = predict(base, mine);
  const interfaceIds = (snapshot: NetworkSnapshot): string[] => snapshot.interfaces.map(({ id }) => id);
  if (!sameSet(interfaceIds(expected), interfaceIds(now))) return changed('interfacesChanged', { name });
  for (const one of now.interfaces) {
    const before = expected.interfaces.find(({ id }) => id === one.id);
    if (before && !sameSet(before.groupIds, one.groupIds))
      return changed('membershipChanged', { name, interface: one.id });
  }
  for (const group of now.groups) {
    const before = expected.groups.find(({ id }) => id === group.id);
    if (!before || !isOverlay(before, now.instance.id)) continue;
    if (Object.entries(before.tags).some(([key, value]) => group.tags[key] !== value))
      return changed('tagsChanged', { name, group: group.name });
  }
  return null;
}
