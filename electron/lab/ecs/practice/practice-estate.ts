import type { EstateSpec, GroupSpec } from '../estate-spec';
import { documentedLimits, type EcsRule } from '../types';

/** Where the practice instances are in the stand-in cloud. */
export const PRACTICE_REGION = 'cn-hangzhou';

/** Where the admin sits at first, and where to after a move; documentation addresses that no attacker uses. */
export const ADMIN_ADDRESS = '192.0.2.253';
export const MOVED_ADMIN_ADDRESS = '192.0.2.254';

export const instanceIdOf = (name: string): string => `i-practice-${name}`;

const anywhere = (portRange: string, more: Partial<EcsRule> = {}): Partial<EcsRule> => ({
  portRange,
  sourceCidrIp: '0.0.0.0/0',
  ...more,
});

/** As many small groups as fill an interface together with its first group. */
const fillers: readonly GroupSpec[] = Array.from(
  { length: documentedLimits.groupsPerInterface - 1 },
  (_, index) => ({
    id: `sg-practice-team${index + 1}`,
    name: `practice-team-${index + 1}`,
    rules: [{ portRange: `${8_001 + index}/${8_001 + index}`, sourceCidrIp: '10.20.0.0/16', priority: 20 }],
  }),
);

/**
 * The practice estate's networks. web-01, app-02 and db-03 share a group that opens Remote Desktop to the world;
 * app-02 has a second interface, db-03 is at the group limit, ssh-04 is in an enterprise group, and old-05 in one that
 * a cloud product manages. Beside them: a stopped instance, one locked for security, and one with Linux.
 */
export const practiceNetworks: EstateSpec = {
  groups: [
    {
      id: 'sg-practice-web',
      name: 'practice-web',
      rules: [
        anywhere('3389/3389', { description: 'Remote Desktop from anywhere' }),
        { portRange: '3389/3389', ipv6SourceCidrIp: '::/0', description: 'Remote Desktop over IPv6' },
        anywhere('443/443', { priority: 10 }),
        anywhere('22/22', { priority: 10, description: 'SSH' }),
      ],
    },
    {
      id: 'sg-practice-backup',
      name: 'practice-backup',
      innerAccess: 'Drop',
      rules: [
        { portRange: '3389/3389', sourceGroupId: 'sg-practice-web', priority: 5 },
        { portRange: '9000/9010', sourceCidrIp: '10.20.0.0/16' },
      ],
    },
    ...fillers,
    {
      id: 'sg-practice-enterprise',
      name: 'practice-enterprise',
      type: 'enterprise',
      rules: [
        anywhere('3389/3390', { priority: 10 }),
        { portRangeListId: 'prl-practice-remote', sourcePrefixListId: 'pl-practice-office', priority: 2 },
        anywhere('22/22', { priority: 10 }),
      ],
    },
    {
      id: 'sg-practice-managed',
      name: 'practice-managed',
      managed: true,
      rules: [anywhere('3389/3389'), anywhere('22/22')],
    },
  ],
  instances: [
    {
      id: instanceIdOf('web-01'),
      name: 'web-01',
      interfaces: [
        {
          privateAddresses: ['10.20.0.11'],
          ipv6Addresses: ['2001:db8:20::11'],
          publicAddress: '203.0.113.251',
          groupIds: ['sg-practice-web'],
        },
      ],
    },
    {
      id: instanceIdOf('app-02'),
      name: 'app-02',
      osName: 'Windows Server 2019',
      interfaces: [
        { privateAddresses: ['10.20.0.12'], publicAddress: '203.0.113.252', groupIds: ['sg-practice-web'] },
        { privateAddresses: ['10.20.1.12'], groupIds: ['sg-practice-backup'] },
      ],
    },
    {
      id: instanceIdOf('db-03'),
      name: 'db-03',
      interfaces: [
        {
          privateAddresses: ['10.20.0.13'],
          publicAddress: '203.0.113.253',
          groupIds: ['sg-practice-web', ...fillers.map(({ id }) => id)],
        },
      ],
    },
    {
      id: instanceIdOf('ssh-04'),
      name: 'ssh-04',
      osName: 'Windows Server 2025',
      interfaces: [
        {
          privateAddresses: ['10.20.0.14'],
          publicAddress: '203.0.113.254',
          groupIds: ['sg-practice-enterprise'],
        },
      ],
    },
    {
      id: instanceIdOf('old-05'),
      name: 'old-05',
      osName: 'Windows Server 2016',
      interfaces: [
        {
          privateAddresses: ['10.20.0.15'],
          publicAddress: '198.51.100.251',
          groupIds: ['sg-practice-managed'],
        },
      ],
    },
    {
      id: instanceIdOf('spare-06'),
      name: 'spare-06',
      status: 'Stopped',
      interfaces: [{ privateAddresses: ['10.20.0.16'], groupIds: ['sg-practice-backup'] }],
    },
    {
      id: instanceIdOf('held-07'),
      name: 'held-07',
      locks: ['security'],
      interfaces: [{ privateAddresses: ['10.20.0.17'], groupIds: ['sg-practice-backup'] }],
    },
    {
      id: instanceIdOf('tux-08'),
      name: 'tux-08',
      osType: 'linux',
      osName: 'Debian 12',
      interfaces: [{ privateAddresses: ['10.20.0.18'], groupIds: ['sg-practice-backup'] }],
    },
  ],
  prefixLists: [{ id: 'pl-practice-office', cidrs: ['192.0.2.240/28', '10.20.0.0/16'], maxEntries: 20 }],
  portLists: [{ id: 'prl-practice-remote', ranges: ['22/22', '3389/3389'], maxEntries: 5 }],
};
