import type { ConnectionProfile, Hop, InstanceId, SshEndpoint } from '../../shared/instance';

export type SecretKind = 'password' | 'passphrase';

/** Where a secret belongs: one hop on the way to one instance. */
export interface SecretSlot {
  readonly instanceId: InstanceId;
  readonly hop: Hop;
}

export const slotName = (slot: SecretSlot): string => `${slot.instanceId}/${slot.hop}`;

const JUMP_HOPS: readonly Hop[] = ['jump0', 'jump1', 'jump2'];

/** The secret that an endpoint's authentication asks for; null when it asks for none. */
function secretKindOf(endpoint: SshEndpoint): SecretKind | null {
  const { authentication } = endpoint;
  if (authentication.kind === 'password') return 'password';
  return authentication.kind === 'key' && authentication.encrypted ? 'passphrase' : null;
}

/** Every hop of a profile, outermost first, with the secret that it needs. */
export function hopsOf(
  profile: Pick<ConnectionProfile, 'ssh' | 'jumpHosts'>,
): readonly { readonly hop: Hop; readonly kind: SecretKind | null }[] {
  const jumps = profile.jumpHosts.flatMap((endpoint, index) => {
    const hop = JUMP_HOPS[index];
    return hop ? [{ hop, kind: secretKindOf(endpoint) }] : [];
  });
  return [...jumps, { hop: 'instance', kind: secretKindOf(profile.ssh) }];
}
