import { describe, expect, it } from 'vitest';
import type { IngressRule, NetworkChange } from '../../../shared/network';
import { rdpRule } from '../../isolation/plan/testing/rdp-rule';
import { createEcsRig, ref } from '../testing/ecs-rig';
import { tinyGroup, tinyRule } from '../testing/tiny-ecs';
import { permissionSchema } from './answers';
import { ruleOf } from './rules';

const drop = (changes: Partial<IngressRule> = {}): IngressRule =>
  rdpRule({ policy: 'drop', description: 'closed', ...changes });
const many = (count: number): IngressRule[] =>
  Array.from({ length: count }, (_, n) =>
    drop({ source: { kind: 'ipv4', cidr: `10.${n >> 8}.${n & 255}.0/24` } }),
  );
const writes = (rig: ReturnType<typeof createEcsRig>) =>
  rig.calls.filter((call) => !call.action.startsWith('Describe'));
const changeGroups = (
  changes: Partial<Extract<NetworkChange, { kind: 'changeGroups' }>> = {},
): NetworkChange => ({
  kind: 'changeGroups',
  interfaceId: 'eni-1',
  primary: true,
  add: ['sg-own'],
  remove: [],
  ...changes,
});
const tokens = (rig: ReturnType<typeof createEcsRig>) =>
  writes(rig).map((call) => call.parameters.ClientToken);

describe('adding rules', () => {
  it('sends the step’s token, and adds nothing when the step is made again', async () => {
    const rig = createEcsRig();
    const change: NetworkChange = { kind: 'addRules', groupId: 'sg-own', rules: [drop()] };
    expect(await rig.apply(change)).toMatchObject({ ok: true, value: { groupId: null } });
    expect(await rig.apply(change)).toMatchObject({ ok: true });
    expect(await rig.apply(change, 'another-token')).toMatchObject({ ok: true });
    expect(rig.ecs.groups.get('sg-own')?.rules).toHaveLength(1);
    expect(tokens(rig)).toEqual(['token-1', 'token-1', 'another-token']);
  });

  it('goes in parts of 100, each with a token of its own that is always the same', async () => {
    const change: NetworkChange = { kind: 'addRules', groupId: 'sg-own', rules: many(250) };
    const rig = createEcsRig();
    expect(await rig.apply(change)).toMatchObject({ ok: true });
    expect(rig.ecs.groups.get('sg-own')?.rules).toHaveLength(250);
    const first = tokens(rig);
    expect(new Set(first).size).toBe(3);
    expect(first.every((token) => (token?.length ?? 99) <= 64)).toBe(true);
    expect(await rig.apply(change)).toMatchObject({ ok: true });
    expect(tokens(rig)).toEqual([...first, ...first]);
  });

  it('goes on after an answer that was lost, without adding twice', async () => {
    const rig = createEcsRig();
    rig.ecs.after = (call, count) =>
      call.action === 'AuthorizeSecurityGroup' && count === 1 ? 'drop' : undefined;
    const change: NetworkChange = { kind: 'addRules', groupId: 'sg-own', rules: [drop()] };
    expect(await rig.apply(change)).toMatchObject({ ok: true });
    expect(rig.ecs.groups.get('sg-own')?.rules).toHaveLength(1);
  });

  it('does not send a rule whose protocol has no name here', async () => {
    const rig = createEcsRig();
    const rules = [drop({ protocol: 'other' })];
    expect(await rig.apply({ kind: 'addRules', groupId: 'sg-own', rules })).toMatchObject({
      error: { code: 'cloud.invalid' },
    });
    expect(rig.calls).toEqual([]);
  });

  it('tells a token that was used for something else', async () => {
    const rig = createEcsRig();
    await rig.apply({ kind: 'addRules', groupId: 'sg-own', rules: [drop()] });
    expect(await rig.apply({ kind: 'addRules', groupId: 'sg-own', rules: many(1) })).toMatchObject({
      error: { code: 'cloud.tokenMismatch' },
    });
  });

  it('refuses a token that the cloud could not take', async () => {
    const rig = createEcsRig();
    for (const token of ['', 'x'.repeat(65), 'tökn']) {
      expect(await rig.apply({ kind: 'addRules', groupId: 'sg-own', rules: [] }, token)).toMatchObject({
        error: { code: 'app.invalidArgument' },
      });
    }
  });
});

describe('removing rules', () => {
  const present = (id: string, fields = {}) => ruleOf(permissionSchema.parse(tinyRule(id, fields)));

  it('goes by id, in one call', async () => {
    const rig = createEcsRig();
    expect(
      await rig.apply({ kind: 'removeRules', groupId: 'sg-shared', rules: [present('sgr-1')] }),
    ).toMatchObject({
      ok: true,
    });
    expect(rig.ecs.groups.get('sg-shared')?.rules).toEqual([]);
    expect(rig.calls).toHaveLength(1);
  });

  it('takes one that is missing for gone only after it has looked, and removes the others', async () => {
    const rig = createEcsRig();
    rig.ecs.groups.get('sg-shared')?.rules.push(tinyRule('sgr-2', { PortRange: '80/80' }));
    const rules = [present('sgr-gone'), present('sgr-1')];
    expect(await rig.apply({ kind: 'removeRules', groupId: 'sg-shared', rules })).toMatchObject({ ok: true });
    expect(rig.ecs.groups.get('sg-shared')?.rules.map((rule) => rule.SecurityGroupRuleId)).toEqual(['sgr-2']);
    expect(rig.actions()).toEqual([
      'RevokeSecurityGroup',
      'DescribeSecurityGroupAttribute',
      'RevokeSecurityGroup',
    ]);
    expect(new Set(tokens(rig)).size).toBe(2);
  });

  it('does not believe that rules are missing which are there', async () => {
    const rig = createEcsRig();
    rig.ecs.before = (call) =>
      call.action === 'RevokeSecurityGroup'
        ? { status: 400, json: { Code: 'InvalidParam.SecurityGroupRuleId', RequestId: 'R' } }
        : undefined;
    expect(
      await rig.apply({ kind: 'removeRules', groupId: 'sg-shared', rules: [present('sgr-1')] }),
    ).toMatchObject({
      error: { code: 'cloud.notFound' },
    });
  });

  it('finds one without an id by everything that it is', async () => {
    const rig = createEcsRig();
    const group = rig.ecs.groups.get('sg-own');
    group?.rules.push(tinyRule('sgr-7', { Policy: 'Drop', Description: 'somebody’s' }));
    await rig.apply({ kind: 'addRules', groupId: 'sg-own', rules: [drop()] });
    expect(
      await rig.apply({ kind: 'removeRules', groupId: 'sg-own', rules: [drop()] }, 'token-2'),
    ).toMatchObject({
      ok: true,
    });
    expect(group?.rules.map((rule) => rule.SecurityGroupRuleId)).toEqual(['sgr-7']);
    expect(
      await rig.apply({ kind: 'removeRules', groupId: 'sg-own', rules: [drop()] }, 'token-2'),
    ).toMatchObject({
      ok: true,
    });
  });
});

describe('turning a rule', () => {
  const before = ruleOf(permissionSchema.parse(tinyRule('sgr-1')));
  const change = (changes: Partial<IngressRule> = {}): NetworkChange => ({
    kind: 'modifyRule',
    groupId: 'sg-shared',
    before: { ...before, ...changes },
    policy: 'drop',
    priority: 1,
  });

  it('keeps its id', async () => {
    const rig = createEcsRig();
    expect(await rig.apply(change())).toMatchObject({ ok: true });
    expect(rig.ecs.groups.get('sg-shared')?.rules[0]).toMatchObject({
      SecurityGroupRuleId: 'sgr-1',
      Policy: 'drop',
    });
  });

  it('finds one without an id, also when it was turned already', async () => {
    const rig = createEcsRig();
    expect(await rig.apply(change({ id: null }))).toMatchObject({ ok: true });
    expect(await rig.apply(change({ id: null }))).toMatchObject({ ok: true, value: { requestIds: [] } });
  });

  it('says when it is gone', async () => {
    const rig = createEcsRig();
    for (const gone of [change({ id: 'sgr-gone' }), change({ id: null, priority: 7 })]) {
      expect(await rig.apply(gone)).toMatchObject({ error: { code: 'cloud.notFound' } });
    }
  });
});

describe('the groups of an interface', () => {
  it('are what is there at that moment, with some added and some taken away', async () => {
    const rig = createEcsRig();
    rig.ecs.groups.set('sg-new', tinyGroup());
    rig.ecs.interfaces.get('eni-1')?.groups.push('sg-somebody-else');
    expect(await rig.apply(changeGroups({ add: ['sg-new'], remove: ['sg-shared'] }))).toMatchObject({
      ok: true,
    });
    expect(rig.ecs.interfaces.get('eni-1')?.groups).toEqual(['sg-own', 'sg-somebody-else', 'sg-new']);
    expect(rig.actions()).toEqual(['DescribeInstances', 'ModifyInstanceAttribute']);
  });

  it('are not written when they are right already', async () => {
    const rig = createEcsRig();
    expect(await rig.apply(changeGroups())).toEqual({ ok: true, value: { requestIds: [], groupId: null } });
    expect(writes(rig)).toEqual([]);
  });

  it('of a secondary interface go by its own call', async () => {
    const rig = createEcsRig();
    const change = changeGroups({ interfaceId: 'eni-2', primary: false, add: ['sg-shared'] });
    expect(await rig.apply(change)).toMatchObject({ ok: true });
    expect(rig.ecs.interfaces.get('eni-2')?.groups).toEqual(['sg-own', 'sg-shared']);
    expect(rig.actions()).toEqual(['DescribeNetworkInterfaces', 'ModifyNetworkInterfaceAttribute']);
  });

  it('of another instance’s interface are left alone', async () => {
    const rig = createEcsRig();
    const change = changeGroups({ interfaceId: 'eni-3', primary: false, add: ['sg-own'] });
    expect(await rig.apply(change)).toMatchObject({ error: { code: 'cloud.notFound' } });
    expect(writes(rig)).toEqual([]);
  });

  it('are never none', async () => {
    const rig = createEcsRig();
    const change = changeGroups({ add: [], remove: ['sg-shared', 'sg-own'] });
    expect(await rig.apply(change)).toMatchObject({ error: { code: 'cloud.lastGroup' } });
    expect(writes(rig)).toEqual([]);
  });

  it.each(['drop', 'hang', { status: 502, text: '<html>' }] as const)(
    'are read again when the answer is lost, not written twice: %j',
    async (answer) => {
      const rig = createEcsRig();
      rig.ecs.after = (call) => (call.action === 'ModifyInstanceAttribute' ? answer : undefined);
      expect(await rig.apply(changeGroups({ add: ['sg-x'] }))).toMatchObject({ ok: true });
      expect(writes(rig)).toHaveLength(1);
      expect(rig.ecs.interfaces.get('eni-1')?.groups).toContain('sg-x');
    },
  );

  it('that somebody changes between two attempts keep that change', async () => {
    const rig = createEcsRig();
    rig.ecs.before = (call, count) => {
      if (call.action !== 'ModifyInstanceAttribute' || count > 1) return undefined;
      rig.ecs.interfaces.get('eni-1')?.groups.push('sg-theirs');
      return 'drop';
    };
    expect(await rig.apply(changeGroups({ add: ['sg-x'] }))).toMatchObject({ ok: true });
    expect(rig.ecs.interfaces.get('eni-1')?.groups).toEqual(['sg-shared', 'sg-own', 'sg-theirs', 'sg-x']);
  });

  it('say timeout when nothing gets through', async () => {
    const rig = createEcsRig();
    rig.ecs.before = (call) => (call.action === 'ModifyInstanceAttribute' ? 'hang' : undefined);
    expect(await rig.apply(changeGroups({ add: ['sg-x'] }))).toMatchObject({
      error: { code: 'cloud.timeout' },
    });
    expect(writes(rig)).toHaveLength(3);
  });
});

describe('groups', () => {
  const create: NetworkChange = {
    kind: 'createGroup',
    as: 'overlay',
    name: 'closed',
    vpcId: 'vpc-test',
    type: 'basic',
    description: 'why',
    tags: { who: 'me', when: 'now' },
  };

  it('are made once for one token', async () => {
    const rig = createEcsRig();
    const first = await rig.apply(create);
    rig.ecs.after = (call, count) =>
      call.action === 'CreateSecurityGroup' && count === 2 ? 'drop' : undefined;
    const second = await rig.apply(create);
    expect(first.ok && first.value.groupId).toMatch(/^sg-made-/);
    expect(second).toEqual(first);
    expect(rig.ecs.groups.size).toBe(3);
  });

  it('that were just made may be unknown for a moment', async () => {
    const rig = createEcsRig();
    const made = await rig.apply(create);
    const groupId = made.ok ? (made.value.groupId ?? '') : '';
    rig.ecs.before = (call, count) =>
      call.action === 'ModifySecurityGroupPolicy' && count < 3
        ? { status: 404, json: { Code: 'InvalidSecurityGroupId.NotFound', RequestId: 'R' } }
        : undefined;
    expect(
      await rig.apply({ kind: 'setInnerAccess', groupId, innerAccess: 'drop' }, 'token-2'),
    ).toMatchObject({
      ok: true,
    });
    expect(rig.ecs.groups.get(groupId)?.inner).toBe('Drop');
    const unknown: NetworkChange = { kind: 'setInnerAccess', groupId: 'sg-none', innerAccess: 'drop' };
    const before = rig.calls.length;
    expect(await rig.apply(unknown, 'token-3')).toMatchObject({ error: { code: 'cloud.notFound' } });
    expect(rig.calls.length).toBe(before + 1);
  });

  it('are deleted once nothing carries them; one that is gone is no failure', async () => {
    const rig = createEcsRig();
    const remove: NetworkChange = { kind: 'deleteGroup', groupId: 'sg-own' };
    rig.ecs.before = (call, count) => {
      if (call.action === 'DeleteSecurityGroup' && count === 2) {
        for (const one of rig.ecs.interfaces.values()) one.groups = ['sg-shared'];
      }
      return undefined;
    };
    expect(await rig.apply(remove)).toMatchObject({ ok: true });
    expect(rig.ecs.groups.has('sg-own')).toBe(false);
    expect(await rig.apply(remove)).toEqual({ ok: true, value: { requestIds: [], groupId: null } });
    expect(await rig.apply({ kind: 'deleteGroup', groupId: 'sg-shared' })).toMatchObject({
      error: { code: 'cloud.conflict' },
    });
  });

  it('are tagged', async () => {
    const rig = createEcsRig();
    expect(await rig.apply({ kind: 'setTags', groupId: 'sg-own', tags: { why: 'attack' } })).toMatchObject({
      ok: true,
    });
    expect(rig.ecs.groups.get('sg-own')?.tags).toMatchObject({ why: 'attack' });
  });
});

describe('what is described is what is sent', () => {
  it.each<NetworkChange>([
    {
      kind: 'createGroup',
      as: 'x',
      name: 'n-1',
      vpcId: 'vpc-test',
      type: 'enterprise',
      description: 'd',
      tags: { a: 'b' },
    },
    { kind: 'setInnerAccess', groupId: 'sg-own', innerAccess: 'drop' },
    { kind: 'addRules', groupId: 'sg-own', rules: many(120) },
    { kind: 'removeRules', groupId: 'sg-shared', rules: [ruleOf(permissionSchema.parse(tinyRule('sgr-1')))] },
    {
      kind: 'modifyRule',
      groupId: 'sg-shared',
      before: ruleOf(permissionSchema.parse(tinyRule('sgr-1'))),
      policy: 'drop',
      priority: 3,
    },
    changeGroups({ add: ['sg-x'], remove: ['sg-own'] }),
    changeGroups({ interfaceId: 'eni-2', primary: false, add: ['sg-x'], remove: ['sg-own'] }),
    { kind: 'setTags', groupId: 'sg-own', tags: { why: 'attack' } },
  ])('$kind', async (change) => {
    const rig = createEcsRig();
    const snapshot = await rig.snapshot();
    expect(await rig.apply(change)).toMatchObject({ ok: true });
    const sent = writes(rig).map(({ action, parameters }) => {
      const { ClientToken: _token, ...rest } = parameters;
      return { action, parameters: rest };
    });
    expect(rig.provider.describe(change, ref, snapshot.ok ? snapshot.value : undefined)).toEqual(sent);
  });

  it('and without the snapshot a change of groups says what comes and goes', () => {
    const { provider } = createEcsRig();
    expect(provider.describe(changeGroups({ add: ['sg-x', 'sg-y'], remove: ['sg-z'] }), ref)).toEqual([
      {
        action: 'ModifyInstanceAttribute',
        parameters: { InstanceId: 'i-1', 'SecurityGroupIds +': 'sg-x sg-y', 'SecurityGroupIds -': 'sg-z' },
      },
    ]);
  });
});

describe('a permission that is missing is named', () => {
  it.each<[string, NetworkChange]>([
    ['AuthorizeSecurityGroup', { kind: 'addRules', groupId: 'sg-own', rules: [drop()] }],
    ['ModifyInstanceAttribute', changeGroups({ add: ['sg-x'] })],
    ['ModifySecurityGroupPolicy', { kind: 'setInnerAccess', groupId: 'sg-own', innerAccess: 'drop' }],
    ['TagResources', { kind: 'setTags', groupId: 'sg-own', tags: { a: 'b' } }],
    ['DeleteSecurityGroup', { kind: 'deleteGroup', groupId: 'sg-own' }],
  ])('%s', async (action, change) => {
    const rig = createEcsRig();
    rig.ecs.before = (call) =>
      call.action === action ? { status: 403, json: { Code: 'Forbidden.RAM', RequestId: 'R' } } : undefined;
    expect(await rig.apply(change)).toMatchObject({
      error: { code: 'cloud.denied', params: { action: `ecs:${action}` } },
    });
    expect(rig.calls.filter((call) => call.action === action)).toHaveLength(1);
  });
});
