import { z } from 'zod';

/**
 * The parts of the API's answers that are read. Lists nest twice (`Instances.Instance[]`) and an absent value comes
 * as nothing, null or an empty text; both are evened out here.
 */

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '').trim());
const flag = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) => value === true || (typeof value === 'string' && value.toLowerCase() === 'true'));

/** `{Name: [..]}`, the bare list that some answers have instead, or nothing. */
const listOf = <T extends z.ZodType>(name: string, item: T) =>
  z
    .union([
      z.array(item),
      z
        .object({ [name]: z.array(item).nullish() })
        .transform((value) => (value[name] ?? []) as z.output<T>[]),
    ])
    .nullish()
    .transform((value) => (value ?? []) as z.output<T>[]);

export const instanceSchema = z.object({
  InstanceId: z.string().min(1),
  InstanceName: text,
  RegionId: text,
  Status: text,
  OSType: text,
  OSName: text,
  SecurityGroupIds: listOf('SecurityGroupId', z.string()),
  PublicIpAddress: listOf('IpAddress', z.string()),
  EipAddress: z.object({ IpAddress: text }).nullish(),
  InnerIpAddress: listOf('IpAddress', z.string()),
  VpcAttributes: z.object({ VpcId: text, PrivateIpAddress: listOf('IpAddress', z.string()) }).nullish(),
  NetworkInterfaces: listOf(
    'NetworkInterface',
    z.object({ NetworkInterfaceId: z.string(), Type: text, PrimaryIpAddress: text }),
  ),
  OperationLocks: listOf('LockReason', z.union([z.string(), z.object({ LockReason: text })])),
});
export type InstanceAnswer = z.infer<typeof instanceSchema>;

const instance = instanceSchema;
export const instancesPage = z.object({
  NextToken: text,
  Instances: listOf('Instance', instance),
});

export const interfaceSchema = z.object({
  NetworkInterfaceId: z.string().min(1),
  Type: text,
  InstanceId: text,
  PrivateIpAddress: text,
  AssociatedPublicIp: z.object({ PublicIpAddress: text }).nullish(),
  PrivateIpSets: listOf('PrivateIpSet', z.object({ PrivateIpAddress: text })),
  Ipv6Sets: listOf('Ipv6Set', z.object({ Ipv6Address: text })),
  SecurityGroupIds: listOf('SecurityGroupId', z.string()),
});
export type InterfaceAnswer = z.infer<typeof interfaceSchema>;
export const interfacesPage = z.object({
  NextToken: text,
  NetworkInterfaceSets: listOf('NetworkInterfaceSet', interfaceSchema),
});

export const groupSchema = z.object({
  SecurityGroupId: z.string().min(1),
  SecurityGroupName: text,
  SecurityGroupType: text,
  VpcId: text,
  ServiceManaged: flag,
  Tags: listOf('Tag', z.object({ TagKey: text, TagValue: text })),
});
export type GroupAnswer = z.infer<typeof groupSchema>;
export const groupsPage = z.object({
  NextToken: text,
  SecurityGroups: listOf('SecurityGroup', groupSchema),
});

export const permissionSchema = z.object({
  SecurityGroupRuleId: text,
  Direction: text,
  IpProtocol: text,
  PortRange: text,
  PortRangeListId: text,
  SourcePortRange: text,
  Policy: text,
  Priority: text,
  SourceCidrIp: text,
  Ipv6SourceCidrIp: text,
  SourceGroupId: text,
  SourceGroupOwnerAccount: text,
  SourcePrefixListId: text,
  DestCidrIp: text,
  Ipv6DestCidrIp: text,
  Description: text,
});
export type PermissionAnswer = z.infer<typeof permissionSchema>;
export const rulesPage = z.object({
  NextToken: text,
  SecurityGroupName: text,
  VpcId: text,
  InnerAccessPolicy: text,
  Permissions: listOf('Permission', permissionSchema),
});

export const regionsAnswer = z.object({
  Regions: listOf('Region', z.object({ RegionId: z.string().min(1), LocalName: text })),
});
export const prefixListAnswer = z.object({ Entries: listOf('Entry', z.object({ Cidr: text })) });
export const portListAnswer = z.object({ Entries: listOf('Entry', z.object({ PortRange: text })) });
export const createdGroupAnswer = z.object({ SecurityGroupId: z.string().min(1) });
