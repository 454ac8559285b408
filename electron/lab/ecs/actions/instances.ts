import { EcsError } from '../error';
import { page } from '../paging';
import { jsonList, type Parameters, required, tagsOf } from '../parameters';
import type { EcsInstance, EcsState, JsonObject } from '../types';
import { type Action, interfaceOf, primaryOf } from './call';
import { isRegion } from './regions';

/** A region that does not exist is an error; one without instances is an empty list. */
export function regionOf(parameters: Parameters): string {
  const id = required(parameters, 'RegionId');
  if (!isRegion(id))
    throw new EcsError(404, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.');
  return id;
}

/** What a dry run answers when everything is in order: an error by form, a yes by meaning. */
export function checkDryRun(parameters: Parameters): void {
  if (parameters.DryRun?.toLowerCase() === 'true') {
    throw new EcsError(400, 'DryRunOperation', 'The request passed the check and was not carried out.');
  }
}

export const hasTags = (own: Readonly<Record<string, string>>, parameters: Parameters): boolean =>
  Object.entries(tagsOf(parameters)).every(
    ([key, value]) => key in own && (value === '' || own[key] === value),
  );

export const writtenTags = (tags: Readonly<Record<string, string>>): JsonObject => ({
  Tag: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
});

export const describeInstances: Action = {
  token: false,
  run({ parameters, described }) {
    const region = regionOf(parameters);
    const ids = jsonList(parameters, 'InstanceIds');
    checkDryRun(parameters);
    const { InstanceName, Status, VpcId, SecurityGroupId } = parameters;
    const found = [...described.instances.values()].filter(
      (instance) =>
        instance.regionId === region &&
        (ids === null || ids.includes(instance.id)) &&
        (!InstanceName || nameMatches(InstanceName, instance.name)) &&
        (!Status || instance.status === Status) &&
        (!VpcId || instance.vpcId === VpcId) &&
        (!SecurityGroupId || groupsOf(described, instance).includes(SecurityGroupId)) &&
        hasTags(instance.tags, parameters),
    );
    const { items, fields } = page(found, parameters);
    return { ...fields, Instances: { Instance: items.map((instance) => written(described, instance)) } };
  },
};

/** `*` stands for anything. */
function nameMatches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

const groupsOf = (state: EcsState, instance: EcsInstance): readonly string[] =>
  primaryOf(state, instance).groupIds;

function written(state: EcsState, instance: EcsInstance): JsonObject {
  const nics = instance.interfaceIds.map((id) => interfaceOf(state, id));
  const primary = primaryOf(state, instance);
  return {
    InstanceId: instance.id,
    InstanceName: instance.name,
    HostName: instance.name,
    Description: 'Stand-in: no real instance',
    RegionId: instance.regionId,
    ZoneId: `${instance.regionId}-h`,
    Status: instance.status,
    OSType: instance.osType,
    OSName: instance.osName,
    OSNameEn: instance.osName,
    InstanceNetworkType: 'vpc',
    InstanceType: 'ecs.stand-in.large',
    InstanceChargeType: 'PostPaid',
    CreationTime: instance.createdAt,
    SecurityGroupIds: { SecurityGroupId: primary.groupIds },
    PublicIpAddress: { IpAddress: primary.publicAddress === '' ? [] : [primary.publicAddress] },
    InnerIpAddress: { IpAddress: [] },
    EipAddress: { AllocationId: '', IpAddress: '', InternetChargeType: '' },
    VpcAttributes: {
      VpcId: instance.vpcId,
      VSwitchId: `vsw-${instance.vpcId}`,
      NatIpAddress: '',
      PrivateIpAddress: { IpAddress: primary.privateAddresses },
    },
    NetworkInterfaces: {
      NetworkInterface: nics.map((nic) => ({
        NetworkInterfaceId: nic.id,
        Type: nic.primary ? 'Primary' : 'Secondary',
        PrimaryIpAddress: nic.privateAddresses[0] ?? '',
        PrivateIpSets: { PrivateIpSet: privateSet(nic.privateAddresses) },
        Ipv6Sets: { Ipv6Set: nic.ipv6Addresses.map((Ipv6Address) => ({ Ipv6Address })) },
      })),
    },
    OperationLocks: { LockReason: instance.locks.map((LockReason) => ({ LockReason })) },
    Tags: writtenTags(instance.tags),
  };
}

export const privateSet = (addresses: readonly string[]): JsonObject[] =>
  addresses.map((PrivateIpAddress, index) => ({ PrivateIpAddress, Primary: index === 0 }));
