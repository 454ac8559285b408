import type { SeenCall, StubAnswer, StubHandler } from './stub-cloud';

export interface TinyRule {
  readonly SecurityGroupRuleId: string;
  readonly [field: string]: string | number;
}

export interface TinyGroup {
  name: string;
  type: string;
  managed: boolean;
  inner: string;
  tags: Record<string, string>;
  rules: TinyRule[];
}

export interface TinyInterface {
  readonly instanceId: string;
  readonly primary: boolean;
  readonly address: string;
  groups: string[];
}

export interface TinyEcs {
  readonly handler: StubHandler;
  readonly groups: Map<string, TinyGroup>;
  readonly interfaces: Map<string, TinyInterface>;
  readonly prefixLists: Map<string, string[]>;
  readonly portLists: Map<string, string[]>;
  /** Entries of a page; small to make lists come in several. */
  pageSize: number;
  /** Looked at before the call has any effect; what it gives back is answered instead. */
  before: (call: SeenCall, count: number) => StubAnswer | undefined;
  /** The same after the effect: an answer that is lost. */
  after: (call: SeenCall, count: number) => StubAnswer | undefined;
}

const VPC = 'vpc-test';
export const tinyGroup = (changes: Partial<TinyGroup> = {}): TinyGroup => ({
  name: 'a group',
  type: 'normal',
  managed: false,
  inner: 'Accept',
  tags: {},
  rules: [],
  ...changes,
});

export const tinyRule = (id: string, fields: Record<string, string | number> = {}): TinyRule => ({
  SecurityGroupRuleId: id,
  Direction: 'ingress',
  IpProtocol: 'TCP',
  PortRange: '3389/3389',
  SourceCidrIp: '0.0.0.0/0',
  Ipv6SourceCidrIp: '',
  SourceGroupId: '',
  Policy: 'Accept',
  Priority: 1,
  Description: '',
  ...fields,
});

const listed = (parameters: Readonly<Record<string, string>>, name: string): string[] => {
  const values: string[] = [];
  for (let at = 1; parameters[`${name}.${at}`] !== undefined; at += 1) {
    values.push(parameters[`${name}.${at}`] ?? '');
  }
  return values;
};

const refusal = (status: number, Code: string): StubAnswer => ({ status, json: { Code, RequestId: 'R-no' } });

/** Just enough of the API, kept in memory, to test a client's reads and changes. */
export function createTinyEcs(): TinyEcs {
  const groups = new Map<string, TinyGroup>();
  const interfaces = new Map<string, TinyInterface>();
  const prefixLists = new Map<string, string[]>();
  const portLists = new Map<string, string[]>();
  const replays = new Map<string, { key: string; answer: StubAnswer }>();
  let serial = 0;

  const tiny: TinyEcs = {
    handler: (call, count) => {
      const early = tiny.before(call, count);
      if (early) return early;
      const answer = replayed(call);
      return tiny.after(call, count) ?? answer;
    },
    groups,
    interfaces,
    prefixLists,
    portLists,
    pageSize: 100,
    before: () => undefined,
    after: () => undefined,
  };

  function replayed(call: SeenCall): StubAnswer {
    const token = call.parameters.ClientToken;
    if (token === undefined) return perform(call);
    const key = JSON.stringify([call.action, call.parameters]);
    const known = replays.get(token);
    if (known) return known.key === key ? known.answer : refusal(400, 'IdempotentParameterMismatch');
    const answer = perform(call);
    if (typeof answer === 'object' && (answer.status ?? 200) === 200) replays.set(token, { key, answer });
    return answer;
  }

  const good = (more: object = {}): StubAnswer => ({ json: { RequestId: `R-${serial++}`, ...more } });

  function page(
    call: SeenCall,
    all: readonly unknown[],
    wrap: (items: readonly unknown[]) => object,
  ): StubAnswer {
    const from = Number(call.parameters.NextToken ?? 0);
    const to = from + tiny.pageSize;
    return good({ ...wrap(all.slice(from, to)), NextToken: to < all.length ? String(to) : '' });
  }

  const instanceAnswer = (id: string) => {
    const own = [...interfaces].filter(([, one]) => one.instanceId === id);
    const primary = own.find(([, one]) => one.primary);
    return {
      InstanceId: id,
      InstanceName: `name of ${id}`,
      Status: 'Running',
      OSType: 'windows',
      RegionId: 'eu-central-1',
      SecurityGroupIds: { SecurityGroupId: primary?.[1].groups ?? [] },
      EipAddress: { IpAddress: '' },
      PublicIpAddress: { IpAddress: ['198.51.100.7'] },
      VpcAttributes: { VpcId: VPC, PrivateIpAddress: { IpAddress: [primary?.[1].address] } },
      OperationLocks: { LockReason: [] },
    };
  };

  const interfaceAnswer = ([id, one]: [string, TinyInterface]) => ({
    NetworkInterfaceId: id,
    InstanceId: one.instanceId,
    Type: one.primary ? 'Primary' : 'Secondary',
    PrivateIpAddress: one.address,
    SecurityGroupIds: { SecurityGroupId: one.groups },
    Ipv6Sets: { Ipv6Set: [{ Ipv6Address: '2001:DB8:0:0::7' }] },
  });

  function perform(call: SeenCall): StubAnswer {
    const p = call.parameters;
    const group = groups.get(p.SecurityGroupId ?? '');
    const missing = refusal(404, 'InvalidSecurityGroupId.NotFound');
    switch (call.action) {
      case 'DescribeInstances': {
        if (p.DryRun === 'true') return refusal(400, 'DryRunOperation');
        const wanted = p.InstanceIds === undefined ? null : (JSON.parse(p.InstanceIds) as string[]);
        const ids = [...new Set([...interfaces.values()].map((one) => one.instanceId))]
          .filter((id) => wanted === null || wanted.includes(id))
          .map(instanceAnswer)
          .filter(
            (one) => !p.SecurityGroupId || one.SecurityGroupIds.SecurityGroupId.includes(p.SecurityGroupId),
          );
        return page(call, ids, (items) => ({ Instances: { Instance: items } }));
      }
      case 'DescribeNetworkInterfaces': {
        const ids = listed(p, 'NetworkInterfaceId');
        const found = [...interfaces]
          .filter(([id, _one]) => ids.length === 0 || ids.includes(id))
          .filter(([, one]) => !p.InstanceId || one.instanceId === p.InstanceId)
          .filter(([, one]) => !p.SecurityGroupId || one.groups.includes(p.SecurityGroupId))
          .filter(([, one]) => p.Type !== 'Secondary' || !one.primary);
        return page(call, found.map(interfaceAnswer), (items) => ({
          NetworkInterfaceSets: { NetworkInterfaceSet: items },
        }));
      }
      case 'DescribeSecurityGroups': {
        const ids = p.SecurityGroupIds ? (JSON.parse(p.SecurityGroupIds) as string[]) : [...groups.keys()];
        const found = ids.flatMap((id) => {
          const one = groups.get(id);
          return one ? [{ id, one }] : [];
        });
        const answers = found
          .filter(({ one }) => !p['Tag.1.Key'] || one.tags[p['Tag.1.Key']] === p['Tag.1.Value'])
          .map(({ id, one }) => ({
            SecurityGroupId: id,
            SecurityGroupName: one.name,
            SecurityGroupType: one.type,
            VpcId: VPC,
            ServiceManaged: one.managed,
            Tags: { Tag: Object.entries(one.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
          }));
        return page(call, answers, (items) => ({ SecurityGroups: { SecurityGroup: items } }));
      }
      case 'DescribeSecurityGroupAttribute':
        if (!group) return missing;
        return page(call, group.rules, (items) => ({
          SecurityGroupId: p.SecurityGroupId,
          InnerAccessPolicy: group.inner,
          VpcId: VPC,
          Permissions: { Permission: items },
        }));
      case 'DescribePrefixListAttributes': {
        const list = prefixLists.get(p.PrefixListId ?? '');
        if (!list) return refusal(404, 'InvalidPrefixListId.NotFound');
        return good({ Entries: { Entry: list.map((Cidr) => ({ Cidr })) } });
      }
      case 'DescribePortRangeListEntries': {
        const list = portLists.get(p.PortRangeListId ?? '');
        if (!list) return refusal(404, 'InvalidPortRangeListId.NotFound');
        return good({ Entries: list.map((PortRange) => ({ PortRange })) });
      }
      case 'CreateSecurityGroup': {
        const id = `sg-made-${serial++}`;
        groups.set(id, tinyGroup({ name: p.SecurityGroupName ?? '', type: p.SecurityGroupType ?? '' }));
        return good({ SecurityGroupId: id });
      }
      case 'ModifySecurityGroupPolicy':
        if (!group) return missing;
        group.inner = p.InnerAccessPolicy ?? '';
        return good();
      case 'AuthorizeSecurityGroup':
        if (!group) return missing;
        for (let at = 1; p[`Permissions.${at}.IpProtocol`] !== undefined; at += 1) {
          const prefix = `Permissions.${at}.`;
          const fields = Object.fromEntries(
            Object.entries(p)
              .filter(([name]) => name.startsWith(prefix))
              .map(([name, value]) => [name.slice(prefix.length), value]),
          );
          const { SecurityGroupRuleId: _id, ...rule } = tinyRule('', { SourceCidrIp: '', ...fields });
          const bare = JSON.stringify(rule);
          if (group.rules.some(({ SecurityGroupRuleId: _other, ...one }) => JSON.stringify(one) === bare))
            continue;
          group.rules.push({ ...rule, SecurityGroupRuleId: `sgr-made-${serial++}` });
        }
        return good();
      case 'RevokeSecurityGroup': {
        if (!group) return missing;
        const ids = listed(p, 'SecurityGroupRuleId');
        const known = new Set(group.rules.map((rule) => rule.SecurityGroupRuleId));
        if (ids.some((id) => !known.has(id))) return refusal(400, 'InvalidParam.SecurityGroupRuleId');
        group.rules = group.rules.filter((rule) => !ids.includes(rule.SecurityGroupRuleId));
        return good();
      }
      case 'ModifySecurityGroupRule': {
        if (!group) return missing;
        const at = group.rules.findIndex((rule) => rule.SecurityGroupRuleId === p.SecurityGroupRuleId);
        const rule = group.rules[at];
        if (!rule) return refusal(404, 'InvalidSecurityGroupRuleId.NotFound');
        group.rules[at] = { ...rule, Policy: p.Policy ?? '', Priority: p.Priority ?? '' };
        return good();
      }
      case 'ModifyInstanceAttribute': {
        const own = [...interfaces.values()].find((one) => one.primary && one.instanceId === p.InstanceId);
        if (!own) return refusal(404, 'InvalidInstanceId.NotFound');
        own.groups = listed(p, 'SecurityGroupIds');
        return good();
      }
      case 'ModifyNetworkInterfaceAttribute': {
        const own = interfaces.get(p.NetworkInterfaceId ?? '');
        if (!own) return refusal(404, 'InvalidEniId.NotFound');
        own.groups = listed(p, 'SecurityGroupId');
        return good();
      }
      case 'DeleteSecurityGroup':
        if (!group) return missing;
        if ([...interfaces.values()].some((one) => one.groups.includes(p.SecurityGroupId ?? ''))) {
          return refusal(403, 'DependencyViolation');
        }
        groups.delete(p.SecurityGroupId ?? '');
        return good();
      case 'TagResources': {
        const tagged = groups.get(p['ResourceId.1'] ?? '');
        if (!tagged) return refusal(404, 'InvalidResourceId.NotFound');
        tagged.tags[p['Tag.1.Key'] ?? ''] = p['Tag.1.Value'] ?? '';
        return good();
      }
      case 'DescribeRegions':
        return good({ Regions: { Region: [{ RegionId: 'eu-central-1', LocalName: 'Frankfurt' }] } });
      default:
        return refusal(404, 'InvalidAction.NotFound');
    }
  }
  return tiny;
}
