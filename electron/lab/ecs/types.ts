/**
 * What the stand-in holds, in the provider's own spelling. Everything is immutable: a change makes a new state, so
 * that what was true a moment ago can still be shown to readers who do not see the change yet.
 */

export type Policy = 'Accept' | 'Drop';
export type Protocol = 'TCP' | 'UDP' | 'ICMP' | 'ICMPv6' | 'GRE' | 'ALL';

/** An empty text means that the field is not set, as in the provider's answers. */
export interface EcsRule {
  readonly id: string;
  readonly direction: 'ingress' | 'egress';
  readonly ipProtocol: Protocol;
  /** `from/to`, or `-1/-1` for every port. */
  readonly portRange: string;
  readonly portRangeListId: string;
  readonly policy: Policy;
  readonly priority: number;
  readonly nicType: string;
  readonly sourceCidrIp: string;
  readonly ipv6SourceCidrIp: string;
  readonly sourceGroupId: string;
  readonly sourceGroupOwnerAccount: string;
  readonly sourcePrefixListId: string;
  readonly sourcePortRange: string;
  readonly destCidrIp: string;
  readonly ipv6DestCidrIp: string;
  readonly destGroupId: string;
  readonly destPrefixListId: string;
  readonly description: string;
  readonly createTime: string;
}

export interface EcsGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly regionId: string;
  readonly vpcId: string;
  readonly type: 'normal' | 'enterprise';
  readonly innerAccess: Policy;
  readonly managed: boolean;
  readonly deletionProtected: boolean;
  readonly createdAt: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly rules: readonly EcsRule[];
}

export interface EcsInterface {
  readonly id: string;
  readonly instanceId: string;
  readonly primary: boolean;
  readonly vpcId: string;
  readonly privateAddresses: readonly string[];
  readonly ipv6Addresses: readonly string[];
  readonly publicAddress: string;
  readonly groupIds: readonly string[];
}

export type InstanceStatus = 'Pending' | 'Starting' | 'Running' | 'Stopping' | 'Stopped';

export interface EcsInstance {
  readonly id: string;
  readonly name: string;
  readonly regionId: string;
  readonly vpcId: string;
  readonly osType: 'windows' | 'linux';
  readonly osName: string;
  readonly status: InstanceStatus;
  readonly locks: readonly string[];
  readonly interfaceIds: readonly string[];
  readonly createdAt: string;
  readonly tags: Readonly<Record<string, string>>;
  /** A new password waits for a reboot through the API. The password itself is never kept. */
  readonly passwordPending: boolean;
  readonly passwordChanges: number;
  readonly reboots: number;
}

export interface EcsPrefixList {
  readonly id: string;
  readonly addressFamily: 'IPv4' | 'IPv6';
  readonly maxEntries: number;
  readonly cidrs: readonly string[];
}

export interface EcsPortList {
  readonly id: string;
  readonly maxEntries: number;
  /** `from/to` each. */
  readonly ranges: readonly string[];
}

export interface EcsState {
  readonly instances: ReadonlyMap<string, EcsInstance>;
  readonly interfaces: ReadonlyMap<string, EcsInterface>;
  readonly groups: ReadonlyMap<string, EcsGroup>;
  readonly prefixLists: ReadonlyMap<string, EcsPrefixList>;
  readonly portLists: ReadonlyMap<string, EcsPortList>;
}

export interface EcsLimits {
  readonly rulesPerInterface: number;
  readonly groupsPerInterface: number;
  readonly rulesPerCall: number;
  readonly groupSourceRules: number;
}

export const documentedLimits: EcsLimits = {
  rulesPerInterface: 1_000,
  groupsPerInterface: 10,
  rulesPerCall: 100,
  groupSourceRules: 20,
};

/** An answer's body before it is written as JSON or XML. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
