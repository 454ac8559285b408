import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/isolation';
import { planSchema } from '../../../shared/isolation';
import type { IngressRule, NetworkSnapshot } from '../../../shared/network';
import { planFollowAddress } from './follow';
import { findIsolation } from './foreign';
import { type IsolateRequest, planIsolation } from './isolate';
import type { PlanCapabilities } from './options';
import { predict } from './predict';
import { planRecipe, rollbackRecipe } from './recipe';
import { planRestoreToTrust } from './restore';
import { newEntry } from './testing/journal';
import { snapshotWith } from './testing/large-estate';
import { rdpRule } from './testing/rdp-rule';
import { checkTrusted } from './trusted';
import { planUndo } from './undo';

const RDP = 3389;
const note = { admin: 'ada', reason: 'see https://example.test/1', incident: 'INC-1', nowMs: 0 };
const capabilities: PlanCapabilities = {
  isolation: 'overlayDeny',
  cutsEstablished: 'unknown',
  rulesPerCall: 100,
  groupsPerInterface: 5,
};
const request: IsolateRequest = { planId: 'p1', rdpPort: RDP, strategy: null, note };

function must<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const code = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code;
const kinds = (plan: Plan): string[] => plan.steps.map(({ change }) => change.kind);
const warned = (plan: Plan): string[] =>
  plan.warnings.map(({ key }) => key.replace('isolation.warning.', ''));
const after = (snapshot: NetworkSnapshot, plan: Plan): NetworkSnapshot =>
  predict(
    snapshot,
    plan.steps.map(({ change }) => change),
  );
const isolated = (snapshot: NetworkSnapshot, parts: Partial<IsolateRequest> = {}): NetworkSnapshot =>
  after(snapshot, must(planIsolation(snapshot, { ...request, ...parts }, capabilities)));
const trust = (snapshot: NetworkSnapshot, trusted: string[], entry = newEntry(snapshot, RDP)) =>
  planRestoreToTrust(snapshot, { planId: 'p2', rdpPort: RDP, trusted, entry, note }, capabilities);
const rulesOf = (plan: Plan): IngressRule[] =>
  plan.steps.flatMap(({ change }) => (change.kind === 'addRules' ? change.rules : []));

const world = snapshotWith([[rdpRule({ priority: 5 })]]);
const worldFirst = snapshotWith([[rdpRule({ priority: 1 })]]);

describe('a plan to isolate', () => {
  it('makes a group of its own in four calls: shut inside, filled, then attached', () => {
    const plan = must(planIsolation(world, request, capabilities));
    expect(planSchema.parse(plan)).toEqual(plan);
    expect(kinds(plan)).toEqual(['createGroup', 'setInnerAccess', 'addRules', 'changeGroups']);
    expect(plan).toMatchObject({
      strategy: 'overlayDeny',
      place: 'overlayGroup',
      minimumCalls: 4,
      expected: 'closed',
    });
    expect(plan.blastRadius).toEqual([]);
    expect(plan.steps.map(({ checkpoint }) => checkpoint)).toEqual([false, false, true, true]);
    expect(rulesOf(plan).map(({ protocol, priority, source }) => [protocol, priority, source])).toEqual([
      ['tcp', 1, { kind: 'ipv4', cidr: '0.0.0.0/0' }],
      ['udp', 1, { kind: 'ipv4', cidr: '0.0.0.0/0' }],
      ['tcp', 1, { kind: 'ipv6', cidr: '::/0' }],
      ['udp', 1, { kind: 'ipv6', cidr: '::/0' }],
    ]);
    const [create] = plan.steps;
    expect(create?.change).toMatchObject({
      type: 'basic',
      vpcId: 'vpc-1',
      tags: { 'lockwatch:by': 'ada', 'lockwatch:why': 'see example.test/1', 'lockwatch:incident': 'INC-1' },
    });
  });

  it('names the other ways, whom they touch and why they were not taken', () => {
    const plan = must(planIsolation(world, request, capabilities));
    expect(plan.alternatives).toMatchObject([
      { strategy: 'dropRules', possible: true, otherInstances: 1, minimumCalls: 1 },
      { strategy: 'deleteRules', possible: true, otherInstances: 1, minimumCalls: 1 },
    ]);
    const asked = must(planIsolation(world, { ...request, strategy: 'deleteRules' }, capabilities));
    expect(asked).toMatchObject({
      confirmation: 'ask',
      blastRadius: [{ groupId: 'sg-1', instances: [{ id: 'i-2', name: 'web-2' }], otherPorts: false }],
      reason: { key: 'isolation.chosen.byAdmin' },
    });
    expect(warned(asked)).toContain('shared');
  });

  it('says what it cannot stop or does not know', () => {
    const [group] = world.groups;
    if (!group) throw new Error('no group');
    const friendly = { ...world, groups: [{ ...group, innerAccess: 'accept' as const }] };
    expect(warned(must(planIsolation(friendly, request, capabilities)))).toEqual([
      'documentedOnly',
      'sameGroup',
      'loadBalancer',
      'sessionsUnknown',
    ]);
  });

  it('deletes exactly the rules that would let somebody in, though others hide them now', () => {
    const hidden = snapshotWith([
      [
        rdpRule({ priority: 1 }),
        rdpRule({ priority: 2, source: { kind: 'ipv4', cidr: '203.0.113.0/24' } }),
        rdpRule({ policy: 'drop', priority: 3, source: { kind: 'ipv4', cidr: '198.51.100.0/24' } }),
        rdpRule({ priority: 4, source: { kind: 'ipv4', cidr: '198.51.100.9/32' } }),
        rdpRule({ ports: { from: 80, to: 80 } }),
      ],
    ]);
    const plan = must(planIsolation(hidden, { ...request, strategy: 'deleteRules' }, capabilities));
    expect(
      plan.steps.map(({ change }) => (change.kind === 'removeRules' ? change.rules.map(({ id }) => id) : [])),
    ).toEqual([['sgr-1-1', 'sgr-1-2']]);
  });

  it('turns only what is in effect into drops, at its own priority', () => {
    const plan = must(planIsolation(world, { ...request, strategy: 'dropRules' }, capabilities));
    expect(plan.steps.map(({ change }) => change)).toMatchObject([
      { kind: 'modifyRule', policy: 'drop', priority: 5, before: { id: 'sgr-1-1' } },
    ]);
    const broad = snapshotWith([[rdpRule({ protocol: 'all', ports: 'all' })]]);
    expect(warned(must(planIsolation(broad, { ...request, strategy: 'dropRules' }, capabilities)))).toContain(
      'otherPorts',
    );
  });

  it('goes into a group that is there, scoped to its own addresses, where no further group fits', () => {
    const full = { ...capabilities, groupsPerInterface: 1 };
    const plan = must(planIsolation(world, request, full));
    expect(plan).toMatchObject({ place: 'scopedRules', minimumCalls: 1, blastRadius: [] });
    expect([...new Set(rulesOf(plan).map(({ destination }) => destination))]).toEqual([
      '10.0.0.5/32',
      '2001:db8:ff::5/128',
    ]);
    const managed = { ...world, groups: world.groups.map((group) => ({ ...group, managed: true })) };
    expect(code(planIsolation(managed, request, full))).toBe('noStrategy');
    expect(code(planIsolation(managed, { ...request, strategy: 'overlayDeny' }, full))).toBe(
      'strategyImpossible',
    );
    expect(must(planIsolation(managed, request, capabilities)).strategy).toBe('overlayDeny');
  });

  it('takes another way where advanced groups refuse drops', () => {
    const enterprise = {
      ...world,
      groups: world.groups.map((group) => ({ ...group, type: 'enterprise' as const })),
    };
    const plan = must(planIsolation(enterprise, request, capabilities));
    expect(kinds(plan)).toEqual(['createGroup', 'addRules', 'changeGroups']);
    expect(warned(plan)).toContain('enterpriseDrop');
    expect(
      must(planIsolation(enterprise, { ...request, enterpriseDrops: false }, capabilities)).strategy,
    ).toBe('deleteRules');
  });

  it('takes up an overlay that was left behind, and clears it before it is attached', () => {
    const made = isolated(world);
    const detached = predict(made, [
      { kind: 'changeGroups', interfaceId: 'eni-1', primary: true, add: [], remove: ['overlay-basic'] },
      { kind: 'addRules', groupId: 'overlay-basic', rules: [rdpRule({ ports: { from: 80, to: 80 } })] },
    ]);
    const plan = must(planIsolation(detached, request, capabilities));
    expect(kinds(plan)).toEqual(['removeRules', 'changeGroups']);
  });

  it.each([
    ['lockedForSecurity', { instance: { ...world.instance, lockedForSecurity: true } }],
    ['noVpc', { instance: { ...world.instance, vpcId: null } }],
    ['released', { interfaces: [] }],
    ['incompleteSnapshot', { groups: [] }],
  ])('is refused: %s', (expected, parts) => {
    expect(code(planIsolation({ ...world, ...parts }, request, capabilities))).toBe(expected);
  });

  it('is refused where nothing is exposed, or it is closed already, or the provider cannot', () => {
    expect(code(planIsolation(snapshotWith([[]]), request, capabilities))).toBe('alreadyClosed');
    expect(code(planIsolation(isolated(world), request, capabilities))).toBe('alreadyClosed');
    expect(code(planIsolation(world, request, { ...capabilities, isolation: 'none' }))).toBe('noStrategy');
  });
});

describe('a plan to restore to trust', () => {
  it('lays accepts over a drop at 2 where the originals allow it: two calls', () => {
    const plan = must(trust(isolated(world), ['203.0.113.7']));
    expect(kinds(plan)).toEqual(['addRules', 'removeRules']);
    expect(plan.minimumCalls).toBe(2);
    expect(rulesOf(plan).map(({ policy, priority, source }) => [policy, priority, source])).toEqual([
      ['drop', 2, { kind: 'ipv4', cidr: '0.0.0.0/0' }],
      ['accept', 1, { kind: 'ipv4', cidr: '203.0.113.7/32' }],
    ]);
    expect(plan).toMatchObject({
      expected: 'trustedOnly',
      trusted: ['203.0.113.7/32'],
      confirmation: 'none',
    });
    expect(warned(plan)).toContain('browserTerminals');
  });

  it('drops the complement where an original accepts at priority 1: 32 blocks for one address', () => {
    const plan = must(trust(isolated(worldFirst), ['203.0.113.7/32']));
    expect(rulesOf(plan).filter(({ policy }) => policy === 'drop')).toHaveLength(32);
    const narrow = snapshotWith([[rdpRule({ source: { kind: 'ipv4', cidr: '203.0.113.0/24' } })]]);
    const few = rulesOf(must(trust(isolated(narrow), ['203.0.113.7/32'])));
    expect(few.filter(({ policy, priority }) => policy === 'drop' && priority === 1)).toHaveLength(8);
    expect(few.filter(({ policy, priority }) => policy === 'drop' && priority === 2)).toHaveLength(1);
  });

  it('has the new rules found in the cloud before the old denial goes', () => {
    const plan = must(trust(isolated(worldFirst), ['203.0.113.7/32']));
    const lift = plan.steps.findIndex(({ change }) => change.kind === 'removeRules');
    expect(plan.steps[lift - 1]?.checkpoint).toBe(true);
    expect(plan.steps.slice(0, lift).every(({ change }) => change.kind === 'addRules')).toBe(true);
  });

  it('cuts what one call takes', () => {
    const scattered = ['1.2.3.4', '77.5.6.7', '130.8.9.10', '180.11.12.13', '203.14.15.16'];
    const plan = must(trust(isolated(worldFirst), scattered));
    expect(rulesOf(plan).filter(({ policy }) => policy === 'drop').length).toBeGreaterThan(100);
    for (const { change } of plan.steps)
      if (change.kind === 'addRules') expect(change.rules.length).toBeLessThanOrEqual(100);
  });

  it('is refused where a drop of the original at priority 1 keeps the block out', () => {
    const blocked = snapshotWith([
      [
        rdpRule({ priority: 5 }),
        rdpRule({ policy: 'drop', source: { kind: 'ipv4', cidr: '203.0.113.0/24' } }),
      ],
    ]);
    expect(code(trust(isolated(blocked), ['203.0.113.7/32']))).toBe('blockedByOriginal');
    expect(warned(must(trust(isolated(blocked), ['203.0.112.0/23'])))).toContain('partlyBlocked');
  });

  it('is refused for what is as wide as the world, and asks about what is wide', () => {
    for (const trusted of [['0.0.0.0/0'], ['::/0'], ['0.0.0.0/1', '128.0.0.0/1'], ['2000::/3'], ['x'], []])
      expect(code(trust(isolated(world), trusted))).toBe('badTrusted');
    expect(must(trust(isolated(world), ['52.0.0.0/8'])).confirmation).toBe('ask');
  });
});

describe('trusted blocks', () => {
  const check = (...texts: string[]) => checkTrusted(texts);
  const said = (...texts: string[]): string[] => {
    const checked = check(...texts);
    return (checked.ok ? checked.warnings : [checked.phrase]).map(({ key }) =>
      key.replace('isolation.trusted.', ''),
    );
  };

  it('are spelled in one way, none inside another', () => {
    expect(check(' 203.0.113.7 ', '203.0.113.0/24', '203.0.113.0/24', '2001:DB8::1')).toMatchObject({
      ok: true,
      cidrs: ['203.0.113.0/24', '2001:db8::1/128'],
    });
  });

  it('are refused, questioned or warned of', () => {
    expect(said('16.0.0.0/3')).toEqual(['world']);
    expect(said('1.0.0.0/8', '::/0')).toEqual(['world']);
    expect(said('127.0.0.1')).toEqual(['nowhere']);
    expect(said('::1')).toEqual(['nowhere']);
    expect(said('203.0.0.0/15')).toEqual(['wide']);
    expect(said('203.0.0.0/16')).toEqual([]);
    expect(said('2001:db8::/31')).toEqual(['wide']);
    expect(said('192.168.1.0/24')).toEqual(['private']);
    expect(said('fd00::1')).toEqual(['private']);
    expect(said('203.0.113.7/24')).toEqual(['hostBits']);
    expect(said('32.0.0.0/4', '48.0.0.0/4')).toEqual(['world']);
  });
});

describe('following an address', () => {
  it('lets the new one in with one call and takes the old one out with another', () => {
    const open = after(isolated(world), must(trust(isolated(world), ['203.0.113.7', '198.51.100.1'])));
    const follow = { planId: 'p3', rdpPort: RDP, from: '203.0.113.7', to: '203.0.113.6', entry: null, note };
    const plan = must(planFollowAddress(open, follow, capabilities));
    expect(kinds(plan)).toEqual(['addRules', 'removeRules']);
    expect(plan.steps[0]?.checkpoint).toBe(true);
    expect(plan.trusted).toEqual(['198.51.100.1/32', '203.0.113.6/32']);
    expect(code(planFollowAddress(open, { ...follow, from: '9.9.9.9' }, capabilities))).toBe(
      'nothingRecorded',
    );
    expect(code(planFollowAddress(open, { ...follow, to: '0.0.0.0/0' }, capabilities))).toBe('badTrusted');
  });
});

describe('an isolation of somebody else', () => {
  it('is read from its tags, restored to trust and taken away', () => {
    const found = isolated(world);
    expect(findIsolation(world)).toBeNull();
    expect(findIsolation(found)).toEqual({
      groupIds: ['overlay-basic'],
      rdpPort: RDP,
      by: 'ada',
      at: '1970-01-01T00:00:00.000Z',
      reason: 'see example.test/1',
      incident: 'INC-1',
      trusted: [],
    });
    const plan = must(
      planRestoreToTrust(
        found,
        { planId: 'p2', rdpPort: RDP, trusted: ['203.0.113.7'], entry: null, note },
        capabilities,
      ),
    );
    expect(findIsolation(after(found, plan))?.trusted).toEqual(['203.0.113.7/32']);
    const undo = must(
      planUndo(found, { planId: 'p4', rdpPort: RDP, entry: null, decisions: {} }, capabilities),
    );
    expect(kinds(undo.plan)).toEqual(['changeGroups', 'deleteGroup']);
    expect(undo.plan.confirmation).toBe('type');
    expect(warned(undo.plan)).toEqual(['noRecord', 'opens']);
  });
});

describe('an undo', () => {
  it('keeps the denial on an interface that has no other group', () => {
    const plan = must(planIsolation(world, request, capabilities));
    const alone = predict(after(world, plan), [
      { kind: 'changeGroups', interfaceId: 'eni-1', primary: true, add: [], remove: ['sg-1'] },
    ]);
    const undo = must(
      planUndo(alone, { planId: 'p4', rdpPort: RDP, entry: null, decisions: {} }, capabilities),
    );
    expect(undo.plan.steps).toEqual([]);
    expect(warned(undo.plan)).toContain('lastGroup');
  });

  it('asks for no more than needed where the original was not open to the world', () => {
    const office = snapshotWith([[rdpRule({ source: { kind: 'ipv4', cidr: '203.0.113.0/24' } })]]);
    const undo = must(
      planUndo(isolated(office), { planId: 'p4', rdpPort: RDP, entry: null, decisions: {} }, capabilities),
    );
    expect(undo.plan.confirmation).toBe('ask');
  });
});

describe('a recipe', () => {
  it('says the plan and the way back step by step, without the app', () => {
    const plan = must(planIsolation(world, request, capabilities));
    expect(planRecipe(plan).lines).toHaveLength(4);
    const entry = newEntry(world, RDP);
    const run = {
      plan,
      admin: 'ada',
      startedAtMs: 0,
      finishedAtMs: null,
      verification: null,
      steps: plan.steps.map(({ id }, at) => ({
        stepId: id,
        token: `t${at}`,
        outcome: 'done' as const,
        attempts: 1,
        startedAtMs: 0,
        finishedAtMs: 0,
        requestIds: [],
        groupId: at === 0 ? 'sg-77' : null,
        error: null,
      })),
    };
    const back = must(rollbackRecipe({ ...entry, runs: [run] }, capabilities));
    expect(back.lines.map(({ change }) => change)).toEqual([
      { kind: 'changeGroups', interfaceId: 'eni-1', primary: true, add: [], remove: ['sg-77'] },
      { kind: 'deleteGroup', groupId: 'sg-77' },
    ]);
  });
});
