import { spelling } from './addresses';
import type { EcsGroup, EcsInstance, EcsInterface, EcsRule, EcsState, InstanceStatus, Policy } from './types';

export const DEFAULT_REGION = 'cn-hangzhou';
const DEFAULT_VPC = 'vpc-practice';

export interface InterfaceSpec {
  readonly id?: string;
  readonly privateAddresses: readonly string[];
  readonly ipv6Addresses?: readonly string[];
  readonly publicAddress?: string;
  readonly groupIds: readonly string[];
}

export interface GroupSpec {
  readonly id: string;
  readonly name?: string;
  readonly type?: 'normal' | 'enterprise';
  readonly innerAccess?: Policy;
  readonly managed?: boolean;
  readonly deletionProtected?: boolean;
  readonly region?: string;
  readonly vpcId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** TCP, Accept, priority 1, inbound, unless said. Ids are given when left out. */
  readonly rules?: readonly Partial<EcsRule>[];
}

export interface InstanceSpec {
  readonly id: string;
  readonly name?: string;
  readonly region?: string;
  readonly vpcId?: string;
  readonly osType?: 'windows' | 'linux';
  readonly osName?: string;
  readonly status?: InstanceStatus;
  readonly locks?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** The first one is the primary one. */
  readonly interfaces: readonly InterfaceSpec[];
}

/** An estate as a test or the practice lab writes it down. */
export interface EstateSpec {
  readonly groups: readonly GroupSpec[];
  readonly instances: readonly InstanceSpec[];
  readonly prefixLists?: readonly {
    readonly id: string;
    readonly cidrs: readonly string[];
    readonly maxEntries?: number;
  }[];
  readonly portLists?: readonly {
    readonly id: string;
    readonly ranges: readonly string[];
    readonly maxEntries?: number;
  }[];
}

const emptyRule: EcsRule = {
  id: '',
  direction: 'ingress',
  ipProtocol: 'TCP',
  portRange: '',
  portRangeListId: '',
  policy: 'Accept',
  priority: 1,
  nicType: 'intranet',
  sourceCidrIp: '',
  ipv6SourceCidrIp: '',
  sourceGroupId: '',
  sourceGroupOwnerAccount: '',
  sourcePrefixListId: '',
  sourcePortRange: '',
  destCidrIp: '',
  ipv6DestCidrIp: '',
  destGroupId: '',
  destPrefixListId: '',
  description: '',
  createTime: '',
};

const BLOCKS = ['sourceCidrIp', 'ipv6SourceCidrIp', 'destCidrIp', 'ipv6DestCidrIp'] as const;

/** Turns what is written down into a state. Throws when something names what is not there: a mistake in a test. */
export function buildState(spec: EstateSpec, createdAt: string): EcsState {
  let nextRule = 0;
  const ruleFrom = (rule: Partial<EcsRule>): EcsRule => {
    const full = { ...emptyRule, createTime: createdAt, id: `sgr-first${++nextRule}`, ...rule };
    const blocks = BLOCKS.map((name) => [name, full[name] === '' ? '' : spelling(full[name])] as const);
    return { ...full, ...Object.fromEntries(blocks) };
  };
  const groups = spec.groups.map(
    (group): EcsGroup => ({
      id: group.id,
      name: group.name ?? group.id,
      description: 'Stand-in: no real group',
      regionId: group.region ?? DEFAULT_REGION,
      vpcId: group.vpcId ?? DEFAULT_VPC,
      type: group.type ?? 'normal',
      innerAccess: group.type === 'enterprise' ? 'Drop' : (group.innerAccess ?? 'Accept'),
      managed: group.managed ?? false,
      deletionProtected: group.deletionProtected ?? false,
      createdAt,
      tags: group.tags ?? {},
      rules: (group.rules ?? []).map(ruleFrom),
    }),
  );
  const interfaces = spec.instances.flatMap((instance) =>
    instance.interfaces.map(
      (nic, index): EcsInterface => ({
        id: nic.id ?? `eni-${instance.id.replace(/^i-/, '')}-${index}`,
        instanceId: instance.id,
        primary: index === 0,
        vpcId: instance.vpcId ?? DEFAULT_VPC,
        privateAddresses: nic.privateAddresses,
        ipv6Addresses: nic.ipv6Addresses ?? [],
        publicAddress: nic.publicAddress ?? '',
        groupIds: nic.groupIds,
      }),
    ),
  );
  const instances = spec.instances.map(
    (instance): EcsInstance => ({
      id: instance.id,
      name: instance.name ?? instance.id,
      regionId: instance.region ?? DEFAULT_REGION,
      vpcId: instance.vpcId ?? DEFAULT_VPC,
      osType: instance.osType ?? 'windows',
      osName: instance.osName ?? 'Windows Server 2022',
      status: instance.status ?? 'Running',
      locks: instance.locks ?? [],
      interfaceIds: interfaces.filter((nic) => nic.instanceId === instance.id).map((nic) => nic.id),
      createdAt,
      tags: instance.tags ?? {},
      passwordPending: false,
      passwordChanges: 0,
      reboots: 0,
    }),
  );
  const state: EcsState = {
    groups: byId(groups),
    interfaces: byId(interfaces),
    instances: byId(instances),
    prefixLists: byId(
      (spec.prefixLists ?? []).map(({ id, cidrs, maxEntries = cidrs.length }) => ({
        id,
        cidrs,
        maxEntries,
        addressFamily: cidrs.some((cidr) => cidr.includes(':')) ? ('IPv6' as const) : ('IPv4' as const),
      })),
    ),
    portLists: byId(
      (spec.portLists ?? []).map(({ id, ranges, maxEntries = ranges.length }) => ({
        id,
        ranges,
        maxEntries,
      })),
    ),
  };
  checkNames(state);
  return state;
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

function checkNames(state: EcsState): void {
  const unknown = [...state.interfaces.values()].flatMap((nic) =>
    nic.groupIds.filter((id) => !state.groups.has(id)),
  );
  if (unknown.length > 0) throw new Error(`No such group: ${unknown.join(', ')}`);
}
