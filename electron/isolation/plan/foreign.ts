import type { ForeignIsolation } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { trustedNow } from './restore';
import { isOurs, overlaysOf, readOverlayTags } from './rules-of-ours';

/**
 * Reads an isolation from what lies in the cloud: an attached overlay group with its tags, or rules of ours scoped to
 * this instance. Null: there is none. Whether it is ours or another admin's, the caller's journal tells.
 */
export function findIsolation(snapshot: NetworkSnapshot): ForeignIsolation | null {
  const attached = new Set(snapshot.interfaces.flatMap(({ groupIds }) => groupIds));
  const overlays = overlaysOf(snapshot).filter(({ id }) => attached.has(id));
  const own = new Set(snapshot.interfaces.flatMap((one) => [...one.privateAddresses, ...one.ipv6Addresses]));
  const marked = snapshot.groups.filter((group) =>
    group.ingress.some(
      (rule) => isOurs(rule) && rule.destination !== null && own.has(rule.destination.split('/')[0] ?? ''),
    ),
  );
  const [overlay] = overlays;
  if (!overlay && marked.length === 0) return null;
  const tags = overlay
    ? readOverlayTags(overlay)
    : { rdpPort: null, by: '', at: '', reason: '', incident: '' };
  return {
    groupIds: [...overlays, ...marked].map(({ id }) => id),
    ...tags,
    trusted: trustedNow(snapshot),
  };
}
