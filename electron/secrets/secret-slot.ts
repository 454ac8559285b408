import type { CloudAccountFields } from '../../shared/cloud';
import type { ConnectionProfile, Hop, InstanceId, SshEndpoint } from '../../shared/instance';

export type SecretKind = 'password' | 'passphrase';

/** Where a secret is kept: one hop on the way to one instance. */
export interface SecretName {
  readonly instanceId: InstanceId;
  readonly hop: Hop;
}

/** Where a secret belongs. It is handed out for the very place that it was entered for, and for no other. */
export interface SecretSlot extends SecretName {
  /** Of `hopsOf`. */
  readonly place: string;
}

/** The secret parts of a cloud account's credentials. */
export type CloudSecretKind = 'accessKeySecret' | 'securityToken';

/** Where a cloud account's secret belongs: to one key at one endpoint. */
export interface CloudSecretSlot {
  readonly cloudAccountId: string;
  readonly secret: CloudSecretKind;
  /** Of `cloudPlace`. */
  readonly place: string;
}

const cloudPrefix = (accountId: string): string => `cloud/${accountId}`;

export const slotName = (slot: SecretName | Omit<CloudSecretSlot, 'place'>): string =>
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

/**
 * What a secret is sent to: the endpoint, how it is used there, and the jump hosts before it, behind which the same
 * private address is another machine.
 */
function placeOf(endpoint: SshEndpoint, before: readonly SshEndpoint[]): string {
  const { authentication, user } = endpoint;
  const hostOf = ({ host, port }: SshEndpoint): string => `${host.toLowerCase()}:${port}`;
  const how = authentication.kind === 'key' ? ['key', authentication.path] : [authentication.kind];
  return JSON.stringify([hostOf(endpoint), user, how, before.map(hostOf)]);
}

export interface HopSecret {
  readonly hop: Hop;
  readonly kind: SecretKind | null;
  readonly place: string;
}

/** Every hop of a profile, outermost first, with the secret that it needs and the place that this one is for. */
export function hopsOf(profile: Pick<ConnectionProfile, 'ssh' | 'jumpHosts'>): readonly HopSecret[] {
  const { ssh, jumpHosts } = profile;
  const jumps = jumpHosts.flatMap((endpoint, index) => {
    const hop = JUMP_HOPS[index];
    const place = placeOf(endpoint, jumpHosts.slice(0, index));
    return hop ? [{ hop, kind: secretKindOf(endpoint), place }] : [];
  });
  return [...jumps, { hop: 'instance', kind: secretKindOf(ssh), place: placeOf(ssh, jumpHosts) }];
}

/** Where each secret of a profile belongs. */
export const slotsOf = (profile: ConnectionProfile): readonly SecretSlot[] =>
  hopsOf(profile).flatMap(({ hop, kind, place }) =>
    kind === null ? [] : [{ instanceId: profile.id, hop, place }],
  );

/** What a cloud account's secrets are for: this key, at this endpoint. */
export const cloudPlace = ({ key, endpoint }: Pick<CloudAccountFields, 'key' | 'endpoint'>): string =>
  JSON.stringify([key.kind === 'environment' ? [key.kind] : [key.kind, key.accessKeyId], endpoint]);

/** Where each secret of a cloud account belongs. */
export const cloudSlotsOf = (
  account: Pick<CloudAccountFields, 'key' | 'endpoint'> & { readonly id: string },
): readonly CloudSecretSlot[] => {
  const { key, id: cloudAccountId } = account;
  const secrets: Record<typeof key.kind, readonly CloudSecretKind[]> = {
    accessKey: ['accessKeySecret'],
    stsToken: ['accessKeySecret', 'securityToken'],
    environment: [],
  };
  return secrets[key.kind].map((secret) => ({ cloudAccountId, secret, place: cloudPlace(account) }));
};
