import { expect, it } from 'vitest';
import type { NetworkChange } from '../../../shared/network';
import { predict, predictChange } from './predict';
import { snapshotWith } from './testing/large-estate';
import { rdpRule } from './testing/rdp-rule';

const turned = (groupId: string, id: string | null, cidr: string, priority = 1): NetworkChange => ({
  kind: 'modifyRule',
  groupId,
  before: rdpRule({ id, source: { kind: 'ipv4', cidr } }),
  policy: 'drop',
  priority,
});
const cidrs = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'];
const rules = cidrs.map((cidr) => rdpRule({ source: { kind: 'ipv4', cidr } }));
const groupsOf = () => snapshotWith([rules, rules]);

it.each<[string, NetworkChange[]]>([
  ['of one group', cidrs.map((cidr, at) => turned('sg-1', `sgr-1-${at + 1}`, cidr))],
  [
    'of two groups by turns',
    [
      turned('sg-1', 'sgr-1-1', '192.0.2.0/24'),
      turned('sg-2', 'sgr-2-2', '198.51.100.0/24'),
      turned('sg-1', 'sgr-1-3', '203.0.113.0/24'),
    ],
  ],
  [
    'of the same rule twice',
    [1, 2].map((priority) => turned('sg-1', 'sgr-1-2', '198.51.100.0/24', priority)),
  ],
  ['of rules that are told by what they say', cidrs.slice(1).map((cidr) => turned('sg-1', null, cidr))],
  ['of a rule that is not there', [1, 2].map(() => turned('sg-1', 'sgr-9', '192.0.2.0/24'))],
  ['of a group that is not there', [1, 2].map(() => turned('sg-9', 'sgr-9', '192.0.2.0/24'))],
  [
    'with rules removed in between',
    [
      ...cidrs.slice(0, 2).map((cidr, at) => turned('sg-1', `sgr-1-${at + 1}`, cidr)),
      { kind: 'removeRules', groupId: 'sg-1', rules: [rdpRule({ id: 'sgr-1-2' })] },
      turned('sg-1', 'sgr-1-3', '203.0.113.0/24'),
    ],
  ],
])('foresees changes %s as it foresees each by itself', (_what, changes) => {
  const oneByOne = changes.reduce(predictChange, groupsOf());
  expect(predict(groupsOf(), changes)).toEqual(oneByOne);
});

it('leaves the snapshot that it is given as it was', () => {
  const snapshot = groupsOf();
  const before = structuredClone(snapshot);
  predict(
    snapshot,
    cidrs.map((cidr, at) => turned('sg-1', `sgr-1-${at + 1}`, cidr)),
  );
  expect(snapshot).toEqual(before);
});
