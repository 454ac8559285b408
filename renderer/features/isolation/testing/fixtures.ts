import type { Exposure, ExposureRow, Plan, Verification } from '../../../../shared/isolation';
import type { CloudAccount, PlanPreview } from '../../../../shared/isolation-contract';
import type { IngressRule } from '../../../../shared/network';
import { idOf, NOW } from '../../../testing/fixtures';
import type { InstanceIsolation } from '../state';

export const ruleOf = (change: Partial<IngressRule> = {}): IngressRule => ({
  id: 'sgr-1',
  policy: 'accept',
  priority: 1,
  protocol: 'tcp',
  ports: { from: 3389, to: 3389 },
  portListId: null,
  source: { kind: 'ipv4', cidr: '0.0.0.0/0' },
  sourcePorts: null,
  destination: null,
  description: '',
  ...change,
});

export const rowOf = (change: Partial<ExposureRow> = {}): ExposureRow => ({
  key: 'row-1',
  interfaceId: 'eni-1',
  primaryInterface: true,
  groupId: 'sg-1',
  groupName: 'web',
  managedGroup: false,
  sharedWith: 0,
  rule: ruleOf(),
  transports: ['tcp'],
  family: 'ipv4',
  danger: 'world',
  effect: 'effective',
  lets: ['0.0.0.0/0'],
  letsMore: false,
  shadowedBy: [],
  unreadable: false,
  otherPorts: false,
  ...change,
});

export const exposureOf = (change: Partial<Exposure> = {}): Exposure => ({
  takenAtMs: NOW - 1000,
  rdpPort: 3389,
  verdict: 'open',
  udp: 'open',
  reasons: [],
  rows: [rowOf()],
  remaining: [{ kind: 'loadBalancer', certain: false }],
  reachable: { ipv4: ['0.0.0.0/0'], ipv6: [], more: false },
  trustedShutOut: [],
  ...change,
});

export const verificationOf = (change: Partial<Verification> = {}): Verification => ({
  atMs: NOW - 500,
  verdict: 'closed',
  reasons: [],
  remaining: [{ kind: 'loadBalancer', certain: false }],
  probe: 'timeout',
  ...change,
});

export const entryOf = (
  change: Partial<NonNullable<InstanceIsolation['entry']>> = {},
): NonNullable<InstanceIsolation['entry']> => ({
  id: 'entry-1',
  admin: 'sam',
  reason: 'attack',
  incident: '',
  createdAtMs: NOW - 5000,
  strategy: 'overlayDeny',
  trusted: [],
  verification: verificationOf(),
  ...change,
});

export const isolationOf = (number: number, change: Partial<InstanceIsolation> = {}): InstanceIsolation => ({
  id: idOf(number),
  instance: { region: 'eu-central-1', instanceId: `i-${number}`, name: `host-${number}` },
  state: 'none',
  rdpPort: 3389,
  exposure: exposureOf(),
  readAtMs: NOW - 1000,
  readError: null,
  entry: null,
  foreign: null,
  progress: null,
  attention: null,
  ...change,
});

export const planOf = (number: number, change: Partial<Plan> = {}): Plan => ({
  id: `plan-${number}`,
  kind: 'isolate',
  instance: { region: 'eu-central-1', instanceId: `i-${number}`, name: `host-${number}` },
  rdpPort: 3389,
  strategy: 'overlayDeny',
  place: 'overlayGroup',
  basedOnMs: NOW,
  reason: { key: 'isolate.radius.none', params: {} },
  steps: [
    {
      id: 'step-1',
      change: { kind: 'deleteGroup', groupId: 'sg-9' },
      phrase: { key: 'isolate.steps.none', params: {} },
      calls: [{ action: 'DeleteSecurityGroup', parameters: { SecurityGroupId: 'sg-9' } }],
      checkpoint: false,
    },
  ],
  trusted: [],
  blastRadius: [],
  warnings: [],
  confirmation: 'none',
  alternatives: [],
  expected: 'closed',
  minimumCalls: 1,
  ...change,
});

export const previewOf = (number: number, change: Partial<PlanPreview> = {}): PlanPreview => ({
  id: idOf(number),
  previewId: `preview-${number}`,
  plan: planOf(number),
  refusal: null,
  error: null,
  drift: [],
  ...change,
});

export const accountOf = (change: Partial<CloudAccount> = {}): CloudAccount => ({
  id: 'account-1',
  name: 'shop',
  provider: 'aliyun',
  origin: 'typed',
  accessKeyIdShown: 'LTAI…xyz',
  roleArn: null,
  hasSessionToken: false,
  regions: ['eu-central-1'],
  secretState: 'saved',
  ...change,
});
