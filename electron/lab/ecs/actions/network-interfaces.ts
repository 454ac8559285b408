import { page } from '../paging';
import { numbered } from '../parameters';
import type { EcsInterface, EcsState, JsonObject } from '../types';
import type { Action } from './call';
import { checkDryRun, privateSet, regionOf } from './instances';

export const describeNetworkInterfaces: Action = {
  token: false,
  run({ parameters, described }) {
    const region = regionOf(parameters);
    checkDryRun(parameters);
    const ids = numbered(parameters, 'NetworkInterfaceId');
    const { InstanceId, SecurityGroupId, VpcId, Type, PrimaryIpAddress } = parameters;
    const found = [...described.interfaces.values()].filter(
      (nic) =>
        described.instances.get(nic.instanceId)?.regionId === region &&
        (ids.length === 0 || ids.includes(nic.id)) &&
        (!InstanceId || nic.instanceId === InstanceId) &&
        (!SecurityGroupId || nic.groupIds.includes(SecurityGroupId)) &&
        (!VpcId || nic.vpcId === VpcId) &&
        (!PrimaryIpAddress || nic.privateAddresses[0] === PrimaryIpAddress) &&
        (!Type || typeOf(nic) === Type),
    );
    const { items, fields } = page(found, parameters, 500);
    return {
      ...fields,
      NetworkInterfaceSets: { NetworkInterfaceSet: items.map((nic) => written(described, nic)) },
    };
  },
};

const typeOf = (nic: EcsInterface): string => (nic.primary ? 'Primary' : 'Secondary');

const written = (state: EcsState, nic: EcsInterface): JsonObject => ({
  NetworkInterfaceId: nic.id,
  NetworkInterfaceName: `stand-in ${nic.id}`,
  Type: typeOf(nic),
  Status: 'InUse',
  InstanceId: nic.instanceId,
  VpcId: nic.vpcId,
  VSwitchId: `vsw-${nic.vpcId}`,
  ZoneId: `${state.instances.get(nic.instanceId)?.regionId ?? ''}-h`,
  PrivateIpAddress: nic.privateAddresses[0] ?? '',
  PrivateIpSets: { PrivateIpSet: privateSet(nic.privateAddresses) },
  Ipv6Sets: { Ipv6Set: nic.ipv6Addresses.map((Ipv6Address) => ({ Ipv6Address })) },
  AssociatedPublicIp: nic.publicAddress === '' ? {} : { PublicIpAddress: nic.publicAddress },
  SecurityGroupIds: { SecurityGroupId: nic.groupIds },
  ServiceManaged: false,
  Tags: { Tag: [] },
});
