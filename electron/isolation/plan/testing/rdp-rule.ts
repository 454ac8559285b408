import type { IngressRule } from '../../../../shared/network';

/** Lets the world reach RDP, but for what a test says of it. */
export const rdpRule = (parts: Partial<IngressRule> = {}): IngressRule => ({
  id: null,
  policy: 'accept',
  priority: 1,
  protocol: 'tcp',
  ports: { from: 3389, to: 3389 },
  portListId: null,
  source: { kind: 'ipv4', cidr: '0.0.0.0/0' },
  sourcePorts: null,
  destination: null,
  description: '',
  ...parts,
});
