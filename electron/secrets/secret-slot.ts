import type { ConnectionProfile, Hop, InstanceId, SshEndpoint } from '../../shared/instance';

export type SecretKind = 'password' | 'passphrase';

/** Where a secret belongs: one hop on the way to one instance. */
export interface SecretSlot {
  readonly instanceId: InstanceId;
  readonly hop: Hop;
}

/** The secret parts of a cloud account's credentials. */
export type CloudSecretKind = 'accessKeySecret' | 'securityToken';

/** Where a cloud account's secret belongs. */
export interface CloudSecretSlot {
  readonly cloudAccountId: string;
  readonly secret: CloudSecretKind;
}

const cloudPrefix = (accountId: string): string => `cloud/${accountId}`;

export const slotName = (slot: SecretSlot | CloudSecretSlot): string =>
  'cloudAccountId' in slot
    ? `${cloudPrefix(slot.cloudAccountId)}/${slot.secret}`
    : `${slot.instanceId}/${slot.hop}`;

/** What the names of everything that belongs to an instance, or to a cloud account, begin with. */
export const ownerPrefix = (owner: InstanceId | { readonly cloudAccountId: string }): string =>
  `${typeof owner === 'string' ? owner : cloudPrefix(owner.cloudAccountId)}/`;

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
