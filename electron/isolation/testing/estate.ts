import type { CloudInstance, IngressRule, SecurityGroup } from '../../../shared/network';
import { rdpRule } from '../plan/testing/rdp-rule';
import type { CloudState } from './fake-cloud';

const rule = (id: string, changes: Partial<IngressRule>): IngressRule => rdpRule({ id, ...changes });

const group = (id: string, ingress: IngressRule[]): SecurityGroup => ({
  id,
  name: id.replace('sg-', ''),
  vpcId: 'vpc-1',
  type: 'basic',
  innerAccess: 'drop',
  managed: false,
  tags: { team: 'shop' },
  ingress,
  members: [],
});

const instance = (id: string, name: string): CloudInstance => ({
  id,
  name,
  region: 'cn-hangzhou',
  system: 'windows',
  status: 'running',
  lockedForSecurity: false,
  publicAddresses: ['203.0.113.10'],
  privateAddresses: ['10.0.0.10'],
  vpcId: 'vpc-1',
});

/** `web-1` with RDP open to the world through a group that it shares with `web-2`, and a group of its own. */
export function sampleEstate(): CloudState {
  const networkInterface = (id: string, address: string, groupIds: string[]) => ({
    id,
    primary: true,
    privateAddresses: [address],
    ipv6Addresses: [],
    publicAddress: '203.0.113.10',
    groupIds,
  });
  return {
    instances: [instance('i-1', 'web-1'), instance('i-2', 'web-2')],
    interfaces: {
      'i-1': [networkInterface('eni-1', '10.0.0.10', ['sg-web', 'sg-own'])],
      'i-2': [networkInterface('eni-2', '10.0.0.11', ['sg-web'])],
    },
    groups: [
      group('sg-web', [
        rule('sgr-a', { description: 'remote desktop' }),
        rule('sgr-b', { ports: { from: 443, to: 443 }, description: 'https' }),
        rule('sgr-c', { priority: 5, source: { kind: 'ipv6', cidr: '::/0' } }),
      ]),
      group('sg-own', [
        rule('sgr-d', { ports: { from: 3000, to: 4000 }, source: { kind: 'ipv4', cidr: '198.51.100.0/24' } }),
      ]),
    ],
    answers: {},
    counter: 0,
  };
}
