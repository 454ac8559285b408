import { normaliseCidr } from '../../../shared/cidr';
import { trustedNow } from '../plan';
import { type Context, entryOf } from './context';
import type { AddressOffer, Intent } from './types';

/** Instances that let the old address in and not the new one: these are offered the replacement. */
export function offersFor(context: Context, from: string, to: string, foundAtMs: number): AddressOffer[] {
  const oldCidr = normaliseCidr(from);
  const newCidr = normaliseCidr(to);
  if (oldCidr === null || newCidr === null || oldCidr === newCidr) return [];
  return context.targets().flatMap((target) => {
    const entry = entryOf(context, target.instanceId);
    const { snapshot } = context.board.known(target.instanceId);
    const recorded = entry?.state === 'restoredToTrust' ? (entry.runs.at(-1)?.plan.trusted ?? []) : [];
    const trusted = snapshot ? trustedNow(snapshot) : recorded;
    if (!trusted.includes(oldCidr) || trusted.includes(newCidr)) return [];
    return [{ id: target.id, oldCidr, newCidr, foundAtMs }];
  });
}

export const followIntent = (context: Context, offer: AddressOffer): Intent => ({
  kind: 'followAddress',
  strategy: null,
  trusted: [offer.oldCidr, offer.newCidr],
  decisions: {},
  note: {
    admin: context.admin(),
    reason: '',
    incident: '',
    nowMs: context.clock.now(),
  },
});
