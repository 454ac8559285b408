import type { CloudInstance, NetworkInterface } from '../../../shared/network';
import { canonicalAddress } from '../address';
import type { InstanceAnswer, InterfaceAnswer } from './answers';

const addresses = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => canonicalAddress(text) ?? [])),
];

const STATUSES: Readonly<Record<string, CloudInstance['status']>> = {
  pending: 'pending',
  running: 'running',
  starting: 'starting',
  stopping: 'stopping',
  stopped: 'stopped',
};

function systemOf(answer: InstanceAnswer): CloudInstance['system'] {
  const type = answer.OSType.toLowerCase();
  if (type === 'windows' || type === 'linux') return type;
  return /windows/i.test(answer.OSName) ? 'windows' : 'unknown';
}

/** An instance as the API tells it. `region` is the one that was asked. */
export function instanceOf(answer: InstanceAnswer, region: string): CloudInstance {
  const locks = answer.OperationLocks.map((lock) => (typeof lock === 'string' ? lock : lock.LockReason));
  return {
    id: answer.InstanceId,
    name: answer.InstanceName || answer.InstanceId,
    region: answer.RegionId || region,
    system: systemOf(answer),
    status: STATUSES[answer.Status.toLowerCase()] ?? 'unknown',
    lockedForSecurity: locks.some((lock) => lock.toLowerCase() === 'security'),
    publicAddresses: addresses([answer.EipAddress?.IpAddress ?? '', ...answer.PublicIpAddress]),
    privateAddresses: addresses([
      ...(answer.VpcAttributes?.PrivateIpAddress ?? []),
      ...answer.NetworkInterfaces.map((one) => one.PrimaryIpAddress),
      ...answer.InnerIpAddress,
    ]),
    vpcId: answer.VpcAttributes?.VpcId || null,
  };
}

const isPrimary = (type: string): boolean => type.toLowerCase() === 'primary';

function interfaceOf(answer: InterfaceAnswer, instance: CloudInstance): NetworkInterface {
  const primary = isPrimary(answer.Type);
  const own = canonicalAddress(answer.AssociatedPublicIp?.PublicIpAddress ?? '');
  return {
    id: answer.NetworkInterfaceId,
    primary,
    privateAddresses: addresses([
      answer.PrivateIpAddress,
      ...answer.PrivateIpSets.map((one) => one.PrivateIpAddress),
    ]),
    ipv6Addresses: addresses(answer.Ipv6Sets.map((one) => one.Ipv6Address)),
    publicAddress: own ?? (primary ? (instance.publicAddresses[0] ?? null) : null),
    groupIds: [...new Set(answer.SecurityGroupIds)],
  };
}

/**
 * The interfaces of an instance, the primary one first. When the list of interfaces does not have the primary one
 * (it did not always), the instance's own answer stands in for it.
 */
export function interfacesOf(
  answers: readonly InterfaceAnswer[],
  from: InstanceAnswer,
  instance: CloudInstance,
): NetworkInterface[] {
  const listed = answers.map((answer) => interfaceOf(answer, instance));
  const primary = listed.filter((one) => one.primary);
  const secondary = listed.filter((one) => !one.primary);
  if (primary.length > 0) {
    const groupIds = [...new Set(from.SecurityGroupIds)];
    return [...primary.map((one) => (one.groupIds.length > 0 ? one : { ...one, groupIds })), ...secondary];
  }
  const named =
    from.NetworkInterfaces.find((one) => isPrimary(one.Type)) ??
    from.NetworkInterfaces.find((one) => !listed.some((other) => other.id === one.NetworkInterfaceId));
  const substitute: NetworkInterface = {
    id: named?.NetworkInterfaceId ?? instance.id,
    primary: true,
    privateAddresses: addresses([
      named?.PrimaryIpAddress ?? '',
      ...(from.VpcAttributes?.PrivateIpAddress ?? []),
      ...from.InnerIpAddress,
    ]),
    ipv6Addresses: [],
    publicAddress: instance.publicAddresses[0] ?? null,
    groupIds: [...new Set(from.SecurityGroupIds)],
  };
  return [substitute, ...secondary];
}
