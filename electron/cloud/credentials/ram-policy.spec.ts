import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CloudAim } from '../../../shared/cloud';
import type { IngressRule, NetworkChange } from '../../../shared/network';
import { createEcsRig, ref } from '../testing/ecs-rig';
import { tinyRule } from '../testing/tiny-ecs';
import { ramPolicy } from './ram-policy';

const policySchema = z.object({
  Version: z.literal('1'),
  Statement: z.array(
    z.object({
      Effect: z.literal('Allow'),
      Action: z.array(z.string()),
      Resource: z.union([z.string(), z.array(z.string())]),
    }),
  ),
});
const policy = (aims: CloudAim[], account: string | null = null) =>
  policySchema.parse(JSON.parse(ramPolicy(aims, account)));
const allowed = (aims: CloudAim[]) => new Set(policy(aims).Statement.flatMap((one) => one.Action));

const rule: IngressRule = {
  id: 'sgr-1',
  policy: 'drop',
  priority: 1,
  protocol: 'tcp',
  ports: 'all',
  portListId: null,
  source: { kind: 'ipv4', cidr: '0.0.0.0/0' },
  sourcePorts: null,
  destination: null,
  description: '',
};
const groupId = 'sg-own';
const groups = { kind: 'changeGroups' as const, interfaceId: 'eni-1', add: ['sg-x'], remove: [] };
const changes: readonly NetworkChange[] = [
  { kind: 'createGroup', as: 'x', name: 'n', vpcId: 'v', type: 'basic', description: '', tags: {} },
  { kind: 'setInnerAccess', groupId, innerAccess: 'drop' },
  { kind: 'addRules', groupId, rules: [rule] },
  { kind: 'removeRules', groupId, rules: [rule] },
  { kind: 'modifyRule', groupId, before: rule, policy: 'drop', priority: 1 },
  { ...groups, primary: true },
  { ...groups, primary: false },
  { kind: 'deleteGroup', groupId },
  { kind: 'setTags', groupId, tags: {} },
];

describe('the least policy', () => {
  it('to view allows exactly what a reading app calls', async () => {
    const rig = createEcsRig();
    const group = rig.ecs.groups.get('sg-own');
    group?.rules.push(tinyRule('a', { SourceCidrIp: '', SourcePrefixListId: 'pl-1' }));
    group?.rules.push(tinyRule('b', { PortRange: '', PortRangeListId: 'prl-1' }));
    await rig.snapshot();
    await rig.run(rig.provider.listRegions(rig.signal));
    await rig.run(rig.provider.listInstances('eu-central-1', rig.signal));
    await rig.run(rig.provider.checkCredentials('eu-central-1', rig.signal));
    expect(allowed(['view'])).toEqual(new Set(rig.actions().map((action) => `ecs:${action}`)));
  });

  it('to isolate adds exactly what a change calls', () => {
    const { provider } = createEcsRig();
    const called = changes
      .flatMap((change) => provider.describe(change, ref))
      .map((call) => `ecs:${call.action}`);
    const added = [...allowed(['isolate'])].filter((action) => !allowed(['view']).has(action));
    expect(new Set(added)).toEqual(new Set(called));
  });

  it('to unlock adds exactly what opening a console and setting a password call', async () => {
    const { provider, run, signal, actions } = createEcsRig();
    await run(provider.consoleUrl(ref, signal));
    await run(provider.setConsolePassword(ref, 'Abc123', signal));
    await run(provider.resetPassword(ref, 'Abcdef-123', signal));
    await run(provider.reboot(ref, signal));
    const added = [...allowed(['unlock'])].filter((action) => !allowed(['view']).has(action));
    expect(new Set(added)).toEqual(new Set(actions().map((action) => `ecs:${action}`)));
    await run(provider.instanceState(ref, signal));
    expect(allowed(['view'])).toContain(`ecs:${actions().at(-1)}`);
  });

  it('names the account when it is known, and nothing else that was given for one', () => {
    expect(ramPolicy(['isolate'], '1234567890123456')).toContain('acs:ecs:*:1234567890123456:instance/*');
    expect(ramPolicy(['isolate'], '1"}')).toContain('acs:ecs:*:*:instance/*');
  });

  it('allows everything on no resource but reading and what cannot be limited', () => {
    const open = policy(['view', 'isolate', 'unlock']).Statement.filter((one) => one.Resource === '*');
    expect(open.flatMap((one) => one.Action).filter((action) => !action.startsWith('ecs:Describe'))).toEqual([
      'ecs:AuthorizeSecurityGroup',
      'ecs:ModifySecurityGroupRule',
    ]);
  });
});
