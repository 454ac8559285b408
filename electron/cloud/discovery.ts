import type { Discovered, Discovery } from '../../shared/cloud';
import type { CloudReference, ConnectionProfile } from '../../shared/instance';
import type { CloudInstance } from '../../shared/network';
import { canonicalAddress } from './address';

const referenceKey = (region: string, instanceId: string): string => `${region}\n${instanceId}`;

const isReferenceTo = (reference: CloudReference | null, instance: CloudInstance): boolean =>
  reference !== null &&
  reference.provider === 'aliyun' &&
  referenceKey(reference.region, reference.instanceId) === referenceKey(instance.region, instance.id);

/** How a profile names its host, evened out: an address in its usual form, a name in lower case. */
const hostOf = (profile: ConnectionProfile): string =>
  canonicalAddress(profile.ssh.host) ?? profile.ssh.host.toLowerCase();

/** Exactly one, or none: a profile is never linked by what two of them have. */
const only = (found: readonly ConnectionProfile[]): ConnectionProfile | undefined =>
  found.length === 1 ? found[0] : undefined;

function match(
  instance: CloudInstance,
  profiles: readonly ConnectionProfile[],
  instances: readonly CloudInstance[],
): Pick<Discovered, 'action' | 'profileId' | 'by'> {
  const linked = profiles.find((profile) => isReferenceTo(profile.cloud, instance));
  if (linked) return { action: 'known', profileId: linked.id, by: 'reference' };
  const free = profiles.filter((profile) => profile.cloud === null);
  const addresses = [...instance.publicAddresses, ...instance.privateAddresses].filter(
    // Private addresses repeat from network to network: one that several instances have says nothing.
    (address) =>
      instances.filter((other) => [...other.publicAddresses, ...other.privateAddresses].includes(address))
        .length === 1,
  );
  const byAddress = only(free.filter((profile) => addresses.includes(hostOf(profile))));
  if (byAddress) return { action: 'link', profileId: byAddress.id, by: 'address' };
  const name = instance.name.toLowerCase();
  const sameName = instances.filter((other) => other.name.toLowerCase() === name);
  const byName = only(
    free.filter((profile) => profile.name.toLowerCase() === name || hostOf(profile) === name),
  );
  if (byName && sameName.length === 1) return { action: 'link', profileId: byName.id, by: 'name' };
  return { action: 'create', profileId: null, by: null };
}

/**
 * What to do about each Windows instance of a region: make a profile, link one that is there, or nothing. Pure.
 * A profile that is linked to an instance is recognised by that link alone, so a second run proposes nothing that
 * the first one did. Instances whose system the cloud does not tell are listed too; other systems are counted.
 */
export function discover(
  region: string,
  instances: readonly CloudInstance[],
  profiles: readonly ConnectionProfile[],
): Discovery {
  const listed = instances.filter((instance) => instance.system !== 'linux');
  const taken = new Set<string>();
  const found = listed.map((instance): Discovered => {
    const matched = match(instance, profiles, listed);
    const again = matched.action === 'link' && matched.profileId !== null && taken.has(matched.profileId);
    if (matched.action === 'link' && matched.profileId !== null) taken.add(matched.profileId);
    return {
      instance,
      ...(again ? { action: 'create', profileId: null, by: null } : matched),
      suggestion: {
        name: instance.name,
        host: instance.publicAddresses[0] ?? instance.privateAddresses[0] ?? null,
      },
    };
  });
  return { region, instances: found, otherSystems: instances.length - listed.length };
}
