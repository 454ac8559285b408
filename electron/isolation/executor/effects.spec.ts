import { describe, expect, it } from 'vitest';
import type { NetworkChange } from '../../../shared/network';
import { predictChange } from '../plan';
import { sampleSnapshot } from '../testing/sample-entry';
import { effectOf, missingEffects } from './effects';
import { changedMeanwhile } from './fits';
import { newStepToken } from './tokens';

const snapshot = sampleSnapshot();
const [web] = snapshot.groups;
const rdp = web?.ingress[0];
if (!web || !rdp) throw new Error('The estate is empty');

const changes: NetworkChange[] = [
  { kind: 'setInnerAccess', groupId: 'sg-web', innerAccess: 'accept' },
  { kind: 'setTags', groupId: 'sg-web', tags: { by: 'erin' } },
  { kind: 'addRules', groupId: 'sg-web', rules: [{ ...rdp, id: null, policy: 'drop' }] },
  { kind: 'removeRules', groupId: 'sg-web', rules: [rdp] },
  { kind: 'modifyRule', groupId: 'sg-web', before: rdp, policy: 'drop', priority: 1 },
  { kind: 'modifyRule', groupId: 'sg-web', before: { ...rdp, id: null }, policy: 'drop', priority: 3 },
  { kind: 'changeGroups', interfaceId: 'eni-1', primary: true, add: ['sg-new'], remove: ['sg-own'] },
  { kind: 'deleteGroup', groupId: 'sg-own' },
];

describe('an effect', () => {
  it.each(changes)('of $kind is missing before and there after', (change) => {
    expect(effectOf(change, snapshot)).toBe('missing');
    expect(effectOf(change, predictChange(snapshot, change))).toBe('there');
  });

  it('in a group that was not read is not known', () => {
    for (const change of changes)
      if ('groupId' in change && change.kind !== 'deleteGroup')
        expect(effectOf({ ...change, groupId: 'sg-elsewhere' }, snapshot)).toBe('unseen');
  });

  it('that a later change took back is not looked for', () => {
    const put: NetworkChange = {
      kind: 'addRules',
      groupId: 'sg-web',
      rules: [{ ...rdp, id: null, priority: 9 }],
    };
    const taken: NetworkChange = {
      kind: 'removeRules',
      groupId: 'sg-web',
      rules: [{ ...rdp, id: null, priority: 9 }],
    };
    expect(missingEffects([put], snapshot)).toEqual([put]);
    expect(missingEffects([put, taken], snapshot)).toEqual([]);
  });
});

describe('a change by somebody else', () => {
  const mine: NetworkChange[] = [
    { kind: 'changeGroups', interfaceId: 'eni-1', primary: true, add: ['sg-made'], remove: [] },
  ];
  const after = mine.reduce(predictChange, snapshot);

  it('is told from our own', () => {
    expect(changedMeanwhile(snapshot, mine, after)).toBeNull();
    expect(changedMeanwhile(snapshot, [], after)?.key).toBe('isolation.run.membershipChanged');
    expect(changedMeanwhile(snapshot, mine, snapshot)?.key).toBe('isolation.run.membershipChanged');
  });

  it('is also a lock by the provider, another interface, or another name on our group', () => {
    const locked = { ...snapshot, instance: { ...snapshot.instance, lockedForSecurity: true } };
    expect(changedMeanwhile(snapshot, [], locked)?.key).toBe('isolation.run.lockedForSecurity');
    expect(changedMeanwhile(snapshot, [], { ...snapshot, interfaces: [] })?.key).toBe(
      'isolation.run.interfacesChanged',
    );
    const tagged = (by: string) => ({
      ...snapshot,
      groups: snapshot.groups.map((group) => ({
        ...group,
        tags: { 'lockwatch:role': 'overlay', 'lockwatch:instance': 'i-1', 'lockwatch:by': by },
      })),
    });
    expect(changedMeanwhile(tagged('erin'), [], tagged('kim'))?.key).toBe('isolation.run.tagsChanged');
    expect(changedMeanwhile(tagged('erin'), [], tagged('erin'))).toBeNull();
  });
});

describe('a token', () => {
  it('is random and within what the provider takes', () => {
    const tokens = Array.from({ length: 200 }, newStepToken);
    expect(new Set(tokens).size).toBe(200);
    for (const token of tokens) expect(token).toMatch(/^[\x21-\x7e]{1,64}$/);
  });
});
