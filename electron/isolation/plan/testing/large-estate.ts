import type { IngressRule, NetworkSnapshot } from '../../../../shared/network';
import { rdpRule } from './rdp-rule';

/** One instance on one interface, with these rules in each of its groups. */
export function snapshotWith(groups: readonly (readonly IngressRule[])[]): NetworkSnapshot {
  const member = { id: 'i-1', name: 'web-1' };
  return {
    takenAtMs: 0,
    instance: {
      ...member,
      region: 'cn-hangzhou',
      system: 'windows',
      status: 'running',
      lockedForSecurity: false,
      publicAddresses: ['47.1.2.3'],
      privateAddresses: ['10.0.0.5'],
      vpcId: 'vpc-1',
    },
    interfaces: [
      {
        id: 'eni-1',
        primary: true,
        privateAddresses: ['10.0.0.5'],
        ipv6Addresses: ['2001:db8:ff::5'],
        publicAddress: '47.1.2.3',
        groupIds: groups.map((_, at) => `sg-${at + 1}`),
      },
    ],
    groups: groups.map((rules, at) => ({
      id: `sg-${at + 1}`,
      name: `group ${at + 1}`,
      vpcId: 'vpc-1',
      type: 'basic',
      innerAccess: 'drop',
      managed: false,
      tags: {},
      ingress: rules.map((rule, index) => ({ ...rule, id: rule.id ?? `sgr-${at + 1}-${index + 1}` })),
      members: [member, { id: 'i-2', name: 'web-2' }],
    })),
    prefixLists: {},
    portLists: {},
  };
}

/** So many groups of so many rules, most of them about RDP, from blocks of every width, a third of them drops. */
export const largeEstate = (groups: number, rulesEach: number): NetworkSnapshot =>
  snapshotWith(
    Array.from({ length: groups }, (_, group) =>
      Array.from({ length: rulesEach }, (_unused, index) => {
        const at = group * rulesEach + index;
        const cidr = `${(at * 7) % 200}.${at % 7}.${at % 250}.0/${8 + (at % 17)}`;
        return rdpRule({
          policy: at % 3 === 0 ? 'drop' : 'accept',
          priority: 1 + (at % 5),
          protocol: at % 11 === 0 ? 'all' : 'tcp',
          ports: at % 11 === 0 ? 'all' : at % 5 === 0 ? { from: 3000, to: 4000 } : { from: 3389, to: 3389 },
          source:
            at % 9 === 0
              ? { kind: 'ipv6', cidr: `2001:db8:${at.toString(16)}::/48` }
              : { kind: 'ipv4', cidr },
        });
      }),
    ),
  );
