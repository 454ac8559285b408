import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { DriftDecisions, Plan } from '../../../shared/isolation';
import type { IngressRule, NetworkInterface, NetworkSnapshot } from '../../../shared/network';
import { evaluateExposure } from '../exposure';
import { planFollowAddress } from './follow';
import { planIsolation } from './isolate';
import type { PlanCapabilities } from './options';
import { planRestoreToTrust } from './restore';
import { exactKey } from './rule-key';
import { type Bits, blockBits, inBlock } from './testing/bits';
import { applyChange, type Estate, snapshotOf } from './testing/estate';
import { carryOut, newEntry } from './testing/journal';
import { decide, packetsTo } from './testing/packets';
import { planUndo } from './undo';

const RDP = 3389;
/** More estates by `LOCKWATCH_PROPERTY_RUNS=20`, that many times the usual. A failure prints its seed. */
const times = Number(process.env.LOCKWATCH_PROPERTY_RUNS ?? 1);

/** A bound, not a wait: the slow evaluator looks at every packet of every estate. */
vi.setConfig({ testTimeout: 180_000 * times });

const runs = (count: number) => ({ numRuns: count * times });
const note = { admin: 'ada', reason: 'attack', incident: 'INC-1', nowMs: 0 };
const capabilities: PlanCapabilities = {
  isolation: 'overlayDeny',
  cutsEstablished: 'unknown',
  rulesPerCall: 100,
  groupsPerInterface: 5,
};

// ---- random estates, from few addresses, so that rules overlap often ----

const ipv4 = fc.constantFrom(
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '203.0.113.0/24',
  '203.0.113.7/32',
  '203.0.113.128/25',
  '198.51.100.0/24',
  '10.0.0.0/8',
  '10.0.0.9/32',
);
const ipv6 = fc.constantFrom('::/0', '2001:db8::/32', '2001:db8:5::/48', '2001:db8:5::7/128');
type Source = fc.Arbitrary<IngressRule['source']>;
const source: Source = fc.oneof(
  { weight: 6, arbitrary: ipv4.map((cidr) => ({ kind: 'ipv4' as const, cidr })) },
  { weight: 3, arbitrary: ipv6.map((cidr) => ({ kind: 'ipv6' as const, cidr })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('sg-far', 'g1')
      .map((groupId) => ({ kind: 'group' as const, groupId, ownerAccount: null })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('pl-known', 'pl-lost')
      .map((listId) => ({ kind: 'prefixList' as const, listId })),
  },
);
const ports = fc.constantFrom<IngressRule['ports']>(
  { from: RDP, to: RDP },
  { from: RDP, to: RDP },
  { from: 3000, to: 4000 },
  { from: 80, to: 80 },
  'all',
);
const ruleFrom = (from: Source): fc.Arbitrary<Omit<IngressRule, 'id'>> =>
  fc
    .record({
      policy: fc.constantFrom('accept', 'accept', 'drop'),
      priority: fc.constantFrom(1, 1, 2, 3, 50),
      protocol: fc.constantFrom('tcp', 'tcp', 'tcp', 'udp', 'all', 'icmp'),
      ports,
      portListId: fc.constantFrom(null, null, null, null, null, null, 'pt-known', 'pt-lost'),
      source: from,
      sourcePorts: fc.constantFrom(null, null, null, null, null, { from: 1024, to: 2048 }),
      destination: fc.constantFrom(
        null,
        null,
        null,
        null,
        null,
        '10.0.0.5/32',
        '10.0.0.0/24',
        '47.1.2.3/32',
        '10.9.9.9/32',
      ),
      description: fc.constantFrom('', 'office', 'by hand'),
    })
    .map((parts) => ({
      ...parts,
      ports:
        parts.protocol === 'all' || parts.protocol === 'icmp' || parts.portListId
          ? ('all' as const)
          : parts.ports,
      portListId: parts.protocol === 'tcp' || parts.protocol === 'udp' ? parts.portListId : null,
      sourcePorts: parts.protocol === 'tcp' || parts.protocol === 'udp' ? parts.sourcePorts : null,
    })) as fc.Arbitrary<Omit<IngressRule, 'id'>>;

const groupIds = ['g1', 'g2', 'g3', 'g4', 'g5'];
const carriedGroups = fc.subarray(groupIds, { minLength: 1, maxLength: 4 });

const nic = (
  id: string,
  primary: boolean,
  address: string,
  v6: boolean,
  groups: string[],
): NetworkInterface => ({
  id,
  primary,
  privateAddresses: [address],
  ipv6Addresses: v6 ? [`2001:db8:ff::${address.split('.')[3]}`] : [],
  publicAddress: primary ? '47.1.2.3' : null,
  groupIds: groups,
});

const machine = (id: string, name: string): NetworkSnapshot['instance'] => ({
  id,
  name,
  region: 'cn-hangzhou',
  system: 'windows',
  status: 'running',
  lockedForSecurity: false,
  publicAddresses: [],
  privateAddresses: [],
  vpcId: 'vpc-1',
});

const estateFrom = (from: Source): fc.Arbitrary<Estate> =>
  fc
    .record({
      rules: fc.array(fc.array(ruleFrom(from), { maxLength: 6 }), { minLength: 5, maxLength: 5 }),
      managed: fc.subarray(groupIds, { maxLength: 1 }),
      inner: fc.constantFrom('accept' as const, 'drop' as const),
      type: fc.constantFrom('basic' as const, 'basic' as const, 'enterprise' as const),
      first: carriedGroups,
      second: fc.option(carriedGroups),
      neighbour: carriedGroups,
      v6: fc.boolean(),
    })
    .map(({ rules, managed, inner, type, first, second, neighbour, v6 }) => {
      let nextId = 1;
      const empty: Estate = {
        nextId: 0,
        prefixLists: { 'pl-known': ['203.0.113.0/26', '198.51.100.0/25'], 'pl-lost': null },
        portLists: { 'pt-known': [{ from: 3380, to: 3390 }], 'pt-lost': null },
        groups: groupIds.map((id) => ({
          id,
          name: `name of ${id}`,
          vpcId: 'vpc-1',
          type,
          innerAccess: inner,
          managed: false,
          tags: {},
          ingress: [],
        })),
        instances: [
          {
            instance: machine('i-1', 'web-1'),
            interfaces: [
              nic('eni-1', true, '10.0.0.5', v6, first),
              ...(second ? [nic('eni-2', false, '10.0.0.6', v6, second)] : []),
            ],
          },
          {
            instance: machine('i-2', 'web-2'),
            interfaces: [nic('eni-3', true, '10.0.0.8', true, neighbour)],
          },
        ],
      };
      const filled = groupIds.reduce(
        (all, groupId, at) =>
          applyChange(all, 'i-1', {
            kind: 'addRules',
            groupId,
            rules: (rules[at] ?? []).map((one) => ({ ...one, id: null })),
          }).estate,
        { ...empty, nextId },
      );
      nextId = filled.nextId;
      return {
        ...filled,
        groups: filled.groups.map((group) => ({ ...group, managed: managed.includes(group.id) })),
      };
    });

const rule = ruleFrom(source);
const estate = estateFrom(source);

const strategy = fc.constantFrom(
  null,
  null,
  'overlayDeny' as const,
  'deleteRules' as const,
  'dropRules' as const,
);
const trustedBlocks: fc.Arbitrary<string[]> = fc.uniqueArray(
  fc.constantFrom(
    '203.0.113.7/32',
    '203.0.113.0/25',
    '192.0.2.1/32',
    '198.51.100.64/26',
    '2001:db8:5::7/128',
  ),
  { minLength: 1, maxLength: 3 },
);

type Situation = readonly [of: Estate, trusted: readonly string[] | null];
const anySituation: fc.Arbitrary<Situation> = fc.tuple(estate, fc.option(trustedBlocks, { nil: null }));
/** Nearly always open to few: among estates of any kind hardly one is. */
const trustedSituation: fc.Arbitrary<Situation> = fc.tuple(
  estateFrom(
    fc.constantFrom(
      { kind: 'ipv4', cidr: '203.0.113.7/32' },
      { kind: 'ipv4', cidr: '192.0.2.1/32' },
      { kind: 'ipv6', cidr: '2001:db8:5::7/128' },
    ),
  ),
  fc.constant(['203.0.113.0/25', '192.0.2.1/32', '2001:db8:5::7/128']),
);

// ---- what the slow evaluator says ----

const isAmong = (address: Bits, cidrs: readonly string[]): boolean =>
  cidrs.some((cidr) => inBlock(address, blockBits(cidr)));

/** Sources that reach the port over any interface, other than trusted ones. */
function intruders(
  snapshot: NetworkSnapshot,
  trusted: readonly string[],
  protocols: readonly ('tcp' | 'udp')[] = ['tcp', 'udp'],
  packetsOf = snapshot,
): string[] {
  return snapshot.interfaces.flatMap((one) =>
    protocols.flatMap((protocol) =>
      packetsTo(one, packetsOf, protocol, RDP, trusted)
        .filter((packet) => !isAmong(packet.source, trusted) && decide(packet, one, snapshot).accepted)
        .map(({ source: { bits } }) => `${one.id} ${protocol} ${bits}`),
    ),
  );
}

/** Of the trusted sources, those that do not reach the TCP port on the primary interface. */
function keptOut(snapshot: NetworkSnapshot, trusted: readonly string[]): string[] {
  const one = snapshot.interfaces.find(({ primary }) => primary);
  if (!one) throw new Error('no primary interface');
  return packetsTo(one, snapshot, 'tcp', RDP, trusted)
    .filter(
      (packet) =>
        packet.senderGroups.length === 0 &&
        isAmong(packet.source, trusted) &&
        !decide(packet, one, snapshot, { unreadableAccepts: false }).accepted,
    )
    .map(({ source: { bits } }) => bits);
}

/** Every decision about these ports on the interface, as text. */
function decisions(snapshot: NetworkSnapshot, of: Estate, port: number): string {
  return snapshot.interfaces
    .flatMap((one) =>
      (['tcp', 'udp'] as const).flatMap((protocol) =>
        packetsTo(one, snapshotAll(of), protocol, port).map((packet) =>
          decide(packet, one, snapshot).accepted ? '1' : '0',
        ),
      ),
    )
    .join('');
}

/** For packets that must be the same ones before and after: built from all groups of the first estate. */
const snapshotAll = (of: Estate): NetworkSnapshot => ({
  ...snapshotOf(of, 'i-1'),
  groups: of.groups.map((group) => ({ ...group, members: [] })),
});

const content = (of: Estate): string =>
  JSON.stringify({
    groups: of.groups
      .map((group) => ({
        name: group.name,
        inner: group.innerAccess,
        rules: group.ingress.map(exactKey).sort(),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    carried: of.instances.map(({ interfaces }) =>
      interfaces.map((one) =>
        one.groupIds.map((id) => of.groups.find((group) => group.id === id)?.name).sort(),
      ),
    ),
  });

const isolate = (of: Estate, asked: Plan['strategy'] | null, limit = 5) =>
  planIsolation(
    snapshotOf(of, 'i-1'),
    { planId: 'p1', rdpPort: RDP, strategy: asked, note },
    { ...capabilities, groupsPerInterface: limit },
  );

const start = (of: Estate) => ({ estate: of, entry: newEntry(snapshotOf(of, 'i-1'), RDP) });

describe('exposure against packets', () => {
  it('says open exactly when some packet of an untrusted source gets in', () => {
    const verdicts = { open: 0, trustedOnly: 0, closed: 0, unknown: 0 };
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: anySituation }, trustedSituation), ([of, given]) => {
        const trusted = given ?? [];
        const snapshot = snapshotOf(of, 'i-1');
        const exposure = evaluateExposure(snapshot, RDP, trusted);
        verdicts[exposure.verdict]++;
        expect(exposure.verdict === 'open').toBe(intruders(snapshot, trusted, ['tcp']).length > 0);
        expect(exposure.udp === 'open').toBe(intruders(snapshot, trusted, ['udp']).length > 0);
        if (exposure.verdict === 'closed') expect(intruders(snapshot, [], ['tcp'])).toEqual([]);
        if (exposure.verdict === 'trustedOnly') expect(intruders(snapshot, [], ['tcp'])).not.toEqual([]);
        if (
          given &&
          !of.groups.some(({ ingress }) => ingress.some(({ source: { kind } }) => kind === 'prefixList'))
        )
          expect(exposure.trustedShutOut.length > 0).toBe(keptOut(snapshot, trusted).length > 0);
      }),
      runs(300),
    );
    expect(verdicts.open).toBeGreaterThan(0);
    expect(verdicts.closed).toBeGreaterThan(0);
    expect(verdicts.trustedOnly).toBeGreaterThan(0);
  });

  it('calls a rule effective, partial or shadowed as it decides about all, some or none of its packets', () => {
    const seen = { effective: 0, partial: 0, shadowed: 0, dormant: 0 };
    fc.assert(
      fc.property(estate, (of) => {
        const snapshot = snapshotOf(of, 'i-1');
        for (const row of evaluateExposure(snapshot, RDP).rows) {
          seen[row.effect]++;
          if (row.unreadable || row.rule.source.kind === 'group' || row.effect === 'dormant') continue;
          const one = snapshot.interfaces.find(({ id }) => id === row.interfaceId);
          const [transport] = row.transports;
          if (!one || !transport) throw new Error('no such interface');
          const manner = { unreadableAccepts: false };
          const alone = {
            ...snapshot,
            groups: snapshot.groups.map((group) => ({
              ...group,
              ingress: group.id === row.groupId ? [row.rule] : [],
            })),
          };
          const packets = packetsTo(one, snapshot, transport, RDP).filter(
            (packet) => packet.senderGroups.length === 0 && decide(packet, one, alone, manner).accepted,
          );
          const decided = packets.filter((packet) => decide(packet, one, snapshot, manner).rule === row.rule);
          const effect =
            decided.length === 0 ? 'shadowed' : decided.length === packets.length ? 'effective' : 'partial';
          expect({ rule: row.rule, effect: row.effect }).toEqual({ rule: row.rule, effect });
        }
      }),
      runs(150),
    );
    expect(seen.partial).toBeGreaterThan(0);
    expect(seen.shadowed).toBeGreaterThan(0);
    expect(seen.dormant).toBeGreaterThan(0);
  });
});

describe('isolation', () => {
  it('lets nobody in, opens nothing on the way, and is the same done twice or resumed', () => {
    const made = { overlayDeny: 0, deleteRules: 0, dropRules: 0 };
    fc.assert(
      fc.property(estate, strategy, fc.nat(20), (of, asked, cut) => {
        const before = snapshotOf(of, 'i-1');
        const plan = isolate(of, asked);
        if (!plan.ok) {
          expect(['alreadyClosed', 'strategyImpossible']).toContain(plan.error.code);
          if (plan.error.code === 'alreadyClosed') expect(intruders(before, [])).toEqual([]);
          return;
        }
        made[plan.value.strategy]++;
        const open = new Set(intruders(before, []));
        const first = carryOut(start(of), plan.value, {
          watch: (between) => {
            for (const one of intruders(snapshotOf(between, 'i-1'), [])) expect(open).toContain(one);
          },
        });
        expect(intruders(snapshotOf(first.estate, 'i-1'), [])).toEqual([]);
        expect(evaluateExposure(snapshotOf(first.estate, 'i-1'), RDP).verdict).toBe('closed');
        const twice = carryOut(first, plan.value);
        expect(content(twice.estate)).toBe(content(first.estate));
        const part = carryOut(start(of), plan.value, { count: cut % (plan.value.steps.length + 1) });
        expect(content(carryOut(part, plan.value).estate)).toBe(content(first.estate));
        const again = isolate(first.estate, asked);
        expect(again.ok ? again.value.steps : again.error.code).toBe('alreadyClosed');
      }),
      runs(150),
    );
    for (const count of Object.values(made)) expect(count).toBeGreaterThan(0);
  });

  it('touches no other port and no other instance under the overlay, nor with scoped rules at the group limit', () => {
    const places = { overlayGroup: 0, scopedRules: 0, changedRules: 0 };
    fc.assert(
      fc.property(estate, fc.constantFrom(5, 2), (of, limit) => {
        const plan = isolate(of, 'overlayDeny', limit);
        if (!plan.ok) return;
        places[plan.value.place]++;
        const { estate: after } = carryOut(start(of), plan.value);
        expect(intruders(snapshotOf(after, 'i-1'), [])).toEqual([]);
        for (const port of [80, 3388, 3390])
          expect(decisions(snapshotOf(after, 'i-1'), of, port)).toBe(
            decisions(snapshotOf(of, 'i-1'), of, port),
          );
        for (const port of [80, RDP])
          expect(decisions(snapshotOf(after, 'i-2'), of, port)).toBe(
            decisions(snapshotOf(of, 'i-2'), of, port),
          );
      }),
      runs(80),
    );
    expect(places.overlayGroup).toBeGreaterThan(0);
    expect(places.scopedRules).toBeGreaterThan(0);
  });
});

describe('restore to trust', () => {
  it('lets exactly the trusted blocks in, and nobody else on the way', () => {
    const outcomes: Record<string, number> = {};
    fc.assert(
      fc.property(
        estate,
        strategy,
        trustedBlocks,
        fc.nat(40),
        fc.constantFrom(5, 2),
        (of, asked, trusted, cut, limit) => {
          const plan = isolate(of, asked, limit);
          if (!plan.ok) return;
          const isolated = carryOut(start(of), plan.value);
          const back = planRestoreToTrust(
            snapshotOf(isolated.estate, 'i-1'),
            { planId: 'p2', rdpPort: RDP, trusted, entry: isolated.entry, note },
            { ...capabilities, groupsPerInterface: limit },
          );
          const outcome = back.ok ? `${plan.value.strategy} ${back.value.place}` : back.error.code;
          outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
          if (!back.ok) {
            expect(['blockedByOriginal', 'groupLimit', 'badTrusted']).toContain(back.error.code);
            return;
          }
          const restored = carryOut(isolated, back.value, {
            watch: (between) =>
              expect(
                intruders(
                  snapshotOf(between, 'i-1'),
                  trusted,
                  ['tcp', 'udp'],
                  snapshotOf(isolated.estate, 'i-1'),
                ),
              ).toEqual([]),
          });
          const snapshot = snapshotOf(restored.estate, 'i-1');
          const partly = back.value.warnings.flatMap(({ key, params }) =>
            key === 'isolation.warning.partlyBlocked' ? [String(params.cidr)] : [],
          );
          const out = keptOut(snapshot, trusted);
          if (partly.length === 0) expect(out).toEqual([]);
          else
            expect(out.every((bits) => partly.some((cidr) => bits.startsWith(blockBits(cidr).bits)))).toBe(
              true,
            );
          const part = carryOut(isolated, back.value, { count: cut % (back.value.steps.length + 1) });
          expect(content(carryOut(part, back.value).estate)).toBe(content(restored.estate));
          const again = planRestoreToTrust(
            snapshot,
            { planId: 'p3', rdpPort: RDP, trusted, entry: restored.entry, note },
            { ...capabilities, groupsPerInterface: limit },
          );
          expect(again.ok ? again.value.steps : again.error.code).toBe('alreadyTrusted');
        },
      ),
      runs(150),
    );
    expect(Object.keys(outcomes).length).toBeGreaterThan(4);
  });

  it('follows a changed address: the new one gets in before the old one is out', () => {
    let followed = 0;
    fc.assert(
      fc.property(estate, strategy, trustedBlocks, fc.nat(40), (of, asked, trusted, cut) => {
        const plan = isolate(of, asked);
        if (!plan.ok) return;
        const isolated = carryOut(start(of), plan.value);
        const request = { planId: 'p2', rdpPort: RDP, trusted, entry: isolated.entry, note };
        const back = planRestoreToTrust(snapshotOf(isolated.estate, 'i-1'), request, capabilities);
        if (!back.ok) return;
        const restored = carryOut(isolated, back.value);
        const [from] = back.value.trusted;
        if (from === undefined) throw new Error('nothing trusted');
        const to = from.includes(':') ? '2001:db8:77::1/128' : '192.0.2.200/32';
        const follow = planFollowAddress(
          snapshotOf(restored.estate, 'i-1'),
          { planId: 'p3', rdpPort: RDP, from, to, entry: restored.entry, note },
          capabilities,
        );
        if (!follow.ok) {
          expect(['blockedByOriginal', 'alreadyTrusted']).toContain(follow.error.code);
          return;
        }
        followed++;
        const either = [...back.value.trusted, to];
        const moved = carryOut(restored, follow.value, {
          watch: (between) => {
            const snapshot = snapshotOf(between, 'i-1');
            expect(intruders(snapshot, either, ['tcp', 'udp'], snapshotOf(isolated.estate, 'i-1'))).toEqual(
              [],
            );
            if (!back.value.warnings.some(({ key }) => key.endsWith('partlyBlocked')))
              expect(keptOut(snapshot, [from]).length === 0 || keptOut(snapshot, [to]).length === 0).toBe(
                true,
              );
          },
        });
        const snapshot = snapshotOf(moved.estate, 'i-1');
        expect(intruders(snapshot, follow.value.trusted)).toEqual([]);
        expect(keptOut(snapshot, [to])).toEqual([]);
        const part = carryOut(restored, follow.value, { count: cut % (follow.value.steps.length + 1) });
        expect(content(carryOut(part, follow.value).estate)).toBe(content(moved.estate));
      }),
      runs(80),
    );
    expect(followed).toBeGreaterThan(0);
  });
});

describe('undo', () => {
  const undo = (
    of: { estate: Estate; entry: ReturnType<typeof newEntry> },
    decided: DriftDecisions = {},
    limit = 5,
  ) =>
    planUndo(
      snapshotOf(of.estate, 'i-1'),
      { planId: 'p9', rdpPort: RDP, entry: of.entry, decisions: decided },
      { ...capabilities, groupsPerInterface: limit },
    );

  it('brings back every rule and membership, from wherever isolation, restore or undo stopped', () => {
    let undone = 0;
    fc.assert(
      fc.property(
        estate,
        strategy,
        fc.option(trustedBlocks),
        fc.nat(40),
        fc.boolean(),
        fc.constantFrom(5, 2),
        (of, asked, trusted, cut, sent, limit) => {
          const plan = isolate(of, asked, limit);
          if (!plan.ok) return;
          let state = start(of);
          const back = trusted
            ? planRestoreToTrust(
                snapshotOf(carryOut(state, plan.value).estate, 'i-1'),
                {
                  planId: 'p2',
                  rdpPort: RDP,
                  trusted,
                  entry: carryOut(state, plan.value).entry,
                  note,
                },
                { ...capabilities, groupsPerInterface: limit },
              )
            : null;
          if (back?.ok) {
            state = carryOut(state, plan.value);
            state = carryOut(state, back.value, {
              count: cut % (back.value.steps.length + 1),
              oneMoreSent: sent,
            });
          } else
            state = carryOut(state, plan.value, {
              count: cut % (plan.value.steps.length + 1),
              oneMoreSent: sent,
            });
          const first = undo(state, {}, limit);
          if (!first.ok) {
            expect(first.error.code).toBe('nothingRecorded');
            expect(content(state.estate)).toBe(content(of));
            return;
          }
          undone++;
          expect(first.value.drift).toEqual([]);
          const half = carryOut(state, first.value.plan, {
            count: cut % (first.value.plan.steps.length + 1),
          });
          const whole = carryOut(state, first.value.plan);
          expect(content(whole.estate)).toBe(content(of));
          expect(content(carryOut(half, first.value.plan).estate)).toBe(content(of));
          const rest = undo(half, {}, limit);
          expect(content(rest.ok ? carryOut(half, rest.value.plan).estate : half.estate)).toBe(content(of));
          const after = evaluateExposure(snapshotOf(of, 'i-1'), RDP);
          expect(first.value.plan.expected).toBe(after.verdict);
        },
      ),
      runs(150),
    );
    expect(undone).toBeGreaterThan(0);
  });

  it('leaves what others changed as it is, and takes it back only where the admin says so', () => {
    let drifted = 0;
    const change = fc.record({
      kind: fc.constantFrom('add', 'remove', 'modify'),
      group: fc.constantFrom(...groupIds),
      at: fc.nat(9),
      rule,
    });
    fc.assert(
      fc.property(
        estate,
        strategy,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (of, asked, changes) => {
          const plan = isolate(of, asked);
          if (!plan.ok) return;
          const isolated = carryOut(start(of), plan.value);
          const carriedHere = new Set(snapshotOf(of, 'i-1').interfaces.flatMap((one) => one.groupIds));
          let changed = isolated.estate;
          for (const one of changes) {
            const group = changed.groups.find(({ id }) => id === one.group);
            if (!group || group.managed || !carriedHere.has(group.id)) continue;
            const target = group.ingress[one.at % Math.max(group.ingress.length, 1)];
            const groupId = group.id;
            if (one.kind === 'add')
              changed = applyChange(changed, 'i-1', {
                kind: 'addRules',
                groupId,
                rules: [{ ...one.rule, id: null }],
              }).estate;
            else if (target && one.kind === 'remove')
              changed = applyChange(changed, 'i-1', { kind: 'removeRules', groupId, rules: [target] }).estate;
            else if (target)
              changed = applyChange(changed, 'i-1', {
                kind: 'modifyRule',
                groupId,
                before: target,
                policy: target.policy,
                priority: 77,
              }).estate;
          }
          const state = { ...isolated, estate: changed };
          const kept = undo(state);
          if (!kept.ok) throw new Error(kept.error.code);
          const all = undo(
            state,
            Object.fromEntries(kept.value.drift.map(({ id }) => [id, 'original' as const])),
          );
          if (!all.ok) throw new Error(all.error.code);
          const keys = (state_: Estate) =>
            state_.groups.map((group) => ({ id: group.id, rules: group.ingress.map(exactKey).sort() }));
          const bare = (state_: Estate) =>
            JSON.stringify(
              keys(state_).map(({ id, rules }) => [id, rules.map((key) => key.replace(/[^|]*$/, '')).sort()]),
            );
          expect(bare(carryOut(state, all.value.plan).estate)).toBe(bare(of));
          if (kept.value.drift.length > 0) drifted++;
          else expect(bare(carryOut(state, kept.value.plan).estate)).toBe(bare(of));
        },
      ),
      runs(150),
    );
    expect(drifted).toBeGreaterThan(0);
  });
});
