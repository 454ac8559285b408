import type { EstateSpec } from '../estate-spec';

/** A small estate that most specs begin with: one shared group, one of its own, one basic neighbour. */
export const smallEstate: EstateSpec = {
  groups: [
    {
      id: 'sg-shared',
      rules: [
        { id: 'sgr-rdp', portRange: '3389/3389', sourceCidrIp: '0.0.0.0/0' },
        { id: 'sgr-web', portRange: '443/443', sourceCidrIp: '0.0.0.0/0', priority: 10 },
      ],
    },
    { id: 'sg-own', innerAccess: 'Drop' },
    {
      id: 'sg-managed',
      managed: true,
      rules: [{ id: 'sgr-m', portRange: '80/80', sourceCidrIp: '0.0.0.0/0' }],
    },
    { id: 'sg-enterprise', type: 'enterprise' },
    { id: 'sg-elsewhere', vpcId: 'vpc-other' },
  ],
  instances: [
    {
      id: 'i-one',
      interfaces: [
        {
          privateAddresses: ['10.0.0.1'],
          ipv6Addresses: ['2001:db8::1'],
          publicAddress: '203.0.113.1',
          groupIds: ['sg-shared'],
        },
        { id: 'eni-second', privateAddresses: ['10.0.1.1'], groupIds: ['sg-own'] },
      ],
    },
    {
      id: 'i-two',
      interfaces: [{ privateAddresses: ['10.0.0.2'], publicAddress: '203.0.113.2', groupIds: ['sg-shared'] }],
    },
    { id: 'i-out', osType: 'linux', interfaces: [{ privateAddresses: ['10.0.9.9'], groupIds: ['sg-own'] }] },
  ],
  prefixLists: [{ id: 'pl-office', cidrs: ['198.51.100.0/28', '203.0.113.64/26'], maxEntries: 40 }],
  portLists: [{ id: 'prl-remote', ranges: ['22/22', '3389/3390'], maxEntries: 5 }],
};
