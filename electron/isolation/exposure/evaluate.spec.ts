import { describe, expect, it } from 'vitest';
import type { NetworkSnapshot } from '../../../shared/network';
import { snapshotWith } from '../plan/testing/large-estate';
import { rdpRule } from '../plan/testing/rdp-rule';
import { evaluateExposure, isClosed } from './evaluate';

const RDP = 3389;
const keys = (snapshot: NetworkSnapshot, trusted?: string[]): string[] =>
  evaluateExposure(snapshot, RDP, trusted).reasons.map(({ key }) => key.replace('isolation.', ''));
const effects = (snapshot: NetworkSnapshot, trusted?: string[]): string[] =>
  evaluateExposure(snapshot, RDP, trusted).rows.map(
    ({ rule, effect, danger }) =>
      `${rule.source.kind === 'ipv4' ? rule.source.cidr : rule.source.kind} ${effect} ${danger}`,
  );

describe('through what RDP can be reached', () => {
  it('puts the whole internet before everything else', () => {
    const snapshot = snapshotWith([
      [rdpRule({ source: { kind: 'ipv4', cidr: '203.0.113.7/32' }, priority: 1 })],
      [rdpRule({ priority: 5 }), rdpRule({ priority: 5, source: { kind: 'ipv6', cidr: '::/0' } })],
    ]);
    expect(effects(snapshot)).toEqual([
      '0.0.0.0/0 partial world',
      'ipv6 effective world',
      '203.0.113.7/32 effective narrow',
    ]);
    expect(evaluateExposure(snapshot, RDP).verdict).toBe('open');
  });

  it('lets a drop go before an accept of the same priority, over all groups', () => {
    const snapshot = snapshotWith([[rdpRule()], [rdpRule({ policy: 'drop' })]]);
    const exposure = evaluateExposure(snapshot, RDP);
    expect(exposure.verdict).toBe('closed');
    expect(exposure.rows[0]).toMatchObject({
      effect: 'shadowed',
      lets: [],
      shadowedBy: [{ groupId: 'sg-2', policy: 'drop', priority: 1 }],
    });
    expect(isClosed(snapshot, RDP)).toBe(true);
  });

  it('says exactly what is left of a rule', () => {
    const snapshot = snapshotWith([
      [
        rdpRule({ source: { kind: 'ipv4', cidr: '203.0.113.0/24' }, priority: 2 }),
        rdpRule({ policy: 'drop', source: { kind: 'ipv4', cidr: '203.0.113.0/25' } }),
      ],
    ]);
    expect(evaluateExposure(snapshot, RDP).rows[0]).toMatchObject({
      effect: 'partial',
      lets: ['203.0.113.128/25'],
      letsMore: false,
    });
  });

  it('knows trusted blocks, and which of them are shut out', () => {
    const snapshot = snapshotWith([[rdpRule({ source: { kind: 'ipv4', cidr: '203.0.113.7/32' } })]]);
    expect(evaluateExposure(snapshot, RDP).verdict).toBe('open');
    expect(evaluateExposure(snapshot, RDP, ['203.0.113.0/24'])).toMatchObject({
      verdict: 'trustedOnly',
      rows: [{ danger: 'trusted' }],
    });
    const both = evaluateExposure(snapshot, RDP, ['203.0.113.7/32', '198.51.100.1/32']);
    expect(both).toMatchObject({ verdict: 'trustedOnly', trustedShutOut: ['198.51.100.1/32'] });
  });

  it('counts as open what it cannot read: prefix list, port list, source', () => {
    for (const rule of [
      rdpRule({ source: { kind: 'prefixList', listId: 'pl-1' } }),
      rdpRule({ ports: 'all', portListId: 'pt-1' }),
      rdpRule({ source: { kind: 'ipv4', cidr: 'garbled' } }),
    ]) {
      const exposure = evaluateExposure(snapshotWith([[rule]]), RDP, ['203.0.113.7/32']);
      expect(exposure).toMatchObject({ verdict: 'open', rows: [{ unreadable: true, danger: 'unreadable' }] });
    }
    const stopped = snapshotWith([
      [rdpRule(), rdpRule({ policy: 'drop', ports: 'all', portListId: 'pt-1' })],
    ]);
    expect(evaluateExposure(stopped, RDP).verdict).toBe('open');
  });

  it('looks into lists that were read', () => {
    const rules = [
      rdpRule({ source: { kind: 'prefixList', listId: 'pl-1' }, ports: 'all', portListId: 'pt-1' }),
    ];
    const snapshot = {
      ...snapshotWith([rules]),
      prefixLists: { 'pl-1': ['198.51.100.0/24'] },
      portLists: { 'pt-1': [{ from: 3000, to: 4000 }] },
    };
    expect(evaluateExposure(snapshot, RDP).reachable.ipv4).toEqual(['198.51.100.0/24']);
    expect(evaluateExposure(snapshot, 443).verdict).toBe('closed');
  });

  it('lets the members of a group in from wherever they are, unless everything is dropped before', () => {
    const group = { kind: 'group', groupId: 'sg-far', ownerAccount: null } as const;
    expect(effects(snapshotWith([[rdpRule({ source: group })]]))).toEqual(['group effective group']);
    const denied = snapshotWith([
      [
        rdpRule({ source: group, priority: 2 }),
        rdpRule({ policy: 'drop' }),
        rdpRule({ policy: 'drop', source: { kind: 'ipv6', cidr: '::/0' } }),
      ],
    ]);
    expect(evaluateExposure(denied, RDP).verdict).toBe('closed');
  });

  it('looks at the destination of a rule', () => {
    expect(evaluateExposure(snapshotWith([[rdpRule({ destination: '10.0.0.9/32' })]]), RDP).rows).toEqual([]);
    for (const destination of ['10.0.0.5/32', '10.0.0.0/24', '47.1.2.3/32'])
      expect(evaluateExposure(snapshotWith([[rdpRule({ destination })]]), RDP).verdict).toBe('open');
    const scoped = snapshotWith([[rdpRule(), rdpRule({ policy: 'drop', destination: '10.0.0.5/32' })]]);
    expect(evaluateExposure(scoped, RDP).verdict).toBe('closed');
    const elsewhere = snapshotWith([[rdpRule(), rdpRule({ policy: 'drop', destination: '47.1.2.3/32' })]]);
    expect(evaluateExposure(elsewhere, RDP).verdict).toBe('open');
  });

  it('looks at the configured port only', () => {
    const snapshot = snapshotWith([[rdpRule({ ports: { from: 13389, to: 13389 } })]]);
    expect(evaluateExposure(snapshot, RDP).verdict).toBe('closed');
    expect(evaluateExposure(snapshot, 13389).verdict).toBe('open');
  });

  it('keeps UDP apart: by itself it lets nobody sign in', () => {
    const snapshot = snapshotWith([[rdpRule({ protocol: 'udp' })]]);
    expect(evaluateExposure(snapshot, RDP)).toMatchObject({ verdict: 'closed', udp: 'open' });
    expect(keys(snapshot)).toContain('reason.udpOpen');
    expect(isClosed(snapshot, RDP)).toBe(false);
  });

  it('names what no rule stops, whatever the verdict', () => {
    const closed = snapshotWith([[]]);
    const [group] = closed.groups;
    if (!group) throw new Error('no group');
    const friendly = { ...closed, groups: [{ ...group, innerAccess: 'accept' as const }] };
    expect(evaluateExposure(friendly, RDP)).toMatchObject({
      verdict: 'closed',
      remaining: [
        { kind: 'sameGroup', groupId: 'sg-1', members: [{ id: 'i-2', name: 'web-2' }] },
        { kind: 'loadBalancer', certain: false },
      ],
    });
    expect(evaluateExposure(closed, RDP).remaining).toEqual([{ kind: 'loadBalancer', certain: false }]);
  });

  it('looks at secondary interfaces and at rules for a family that the interface lacks', () => {
    const snapshot = snapshotWith([[], [rdpRule({ source: { kind: 'ipv6', cidr: '::/0' } })]]);
    const [first] = snapshot.interfaces;
    if (!first) throw new Error('no interface');
    const two = (ipv6Addresses: string[]): NetworkSnapshot => ({
      ...snapshot,
      interfaces: [
        { ...first, groupIds: ['sg-1'] },
        { ...first, id: 'eni-2', primary: false, ipv6Addresses, groupIds: ['sg-2'] },
      ],
    });
    expect(keys(two(['2001:db8::6']))).toContain('reason.secondary');
    expect(evaluateExposure(two(['2001:db8::6']), RDP).verdict).toBe('open');
    expect(evaluateExposure(two([]), RDP)).toMatchObject({
      verdict: 'closed',
      rows: [{ effect: 'dormant' }],
    });
  });

  it('is unknown where the snapshot lacks what decides, and open where it need not know', () => {
    const snapshot = snapshotWith([[], []]);
    const lacking = { ...snapshot, groups: snapshot.groups.slice(0, 1) };
    expect(evaluateExposure(lacking, RDP)).toMatchObject({ verdict: 'unknown' });
    expect(isClosed(lacking, RDP)).toBe(false);
    expect(evaluateExposure({ ...snapshot, interfaces: [] }, RDP).verdict).toBe('unknown');
    const open = snapshotWith([[rdpRule()], []]);
    expect(evaluateExposure({ ...open, groups: open.groups.slice(0, 1) }, RDP).verdict).toBe('open');
  });

  it('looks at every slice of source ports', () => {
    const low = { from: 0, to: 1023 };
    const snapshot = snapshotWith([[rdpRule(), rdpRule({ policy: 'drop', sourcePorts: low })]]);
    expect(evaluateExposure(snapshot, RDP)).toMatchObject({ verdict: 'open', rows: [{ effect: 'partial' }] });
    const both = snapshotWith([
      [
        rdpRule(),
        rdpRule({ policy: 'drop', sourcePorts: low }),
        rdpRule({ policy: 'drop', sourcePorts: { from: 1024, to: 65_535 } }),
      ],
    ]);
    expect(evaluateExposure(both, RDP).verdict).toBe('closed');
  });
});
