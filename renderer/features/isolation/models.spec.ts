import { describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors';
import type { Verification } from '../../../shared/isolation';
import { createLanguage } from '../../i18n/language';
import { NOW, profileOf } from '../../testing/fixtures';
import { choosable } from './choose-model';
import {
  dangerKey,
  EXPOSURE_STALE_MS,
  effectOf,
  groupNames,
  shownExposure,
  stands,
  wordedAs,
} from './exposure-model';
import { confirmationOf, outcomeOf, sameShape, touched, unknowns } from './plan-model';
import { ruleInWords } from './rule-words';
import { isServiceEntry, toggled } from './settings-model';
import { actionsOf, markOf } from './status-model';
import {
  entryOf,
  exposureOf,
  isolationOf,
  planOf,
  previewOf,
  rowOf,
  ruleOf,
  verificationOf,
} from './testing/fixtures';
import { agreement, readTrusted } from './trusted-model';

const language = createLanguage('en-GB');
const closed = exposureOf({ verdict: 'closed', rows: [] });

describe('the mark of an isolation', () => {
  const isolated = isolationOf(1, { state: 'isolated', exposure: closed, entry: entryOf() });

  it('is green only for what was read again and found closed', () => {
    expect(markOf(isolated)).toEqual({ kind: 'isolated', tone: 'good' });
    for (const verdict of ['open', 'trustedOnly', 'unknown'] as const) {
      const entry = entryOf({ verification: verificationOf({ verdict }) });
      expect(markOf({ ...isolated, entry })?.tone, verdict).toBe('warning');
    }
    expect(markOf({ ...isolated, entry: entryOf({ verification: null }) })?.kind).toBe('unverified');
    expect(markOf({ ...isolated, entry: null })?.kind).toBe('unverified');
    expect(markOf({ ...isolated, state: 'unverified' })?.tone).toBe('warning');
  });

  it('is not green while another way in is certain', () => {
    const remaining: Verification['remaining'] = [
      {
        kind: 'sameGroup',
        certain: true,
        interfaceId: 'eni-1',
        groupId: 'sg-1',
        groupName: 'web',
        members: [],
      },
    ];
    const entry = entryOf({ verification: verificationOf({ remaining }) });
    expect(markOf({ ...isolated, entry })).toEqual({ kind: 'isolatedExcept', tone: 'warning' });
    const trusted = isolationOf(1, {
      state: 'restoredToTrust',
      exposure: exposureOf({ verdict: 'trustedOnly' }),
      entry: entryOf({ verification: verificationOf({ verdict: 'trustedOnly', remaining }) }),
    });
    expect(markOf(trusted)).toEqual({ kind: 'trustedExcept', tone: 'warning' });
  });

  it('goes by a reading that is newer than the verification', () => {
    const exposure = exposureOf({ verdict: 'open', takenAtMs: NOW });
    expect(markOf({ ...isolated, exposure })).toEqual({ kind: 'reopened', tone: 'danger' });
    const older = exposureOf({ verdict: 'open', takenAtMs: NOW - 10_000 });
    expect(markOf({ ...isolated, exposure: older })?.kind).toBe('isolated');
    const unknown = exposureOf({ verdict: 'unknown', takenAtMs: NOW });
    expect(markOf({ ...isolated, exposure: unknown })?.kind).toBe('unverified');
  });

  it('tells trusted access, others and what waits apart', () => {
    const verification = verificationOf({ verdict: 'trustedOnly' });
    const exposure = exposureOf({ verdict: 'trustedOnly' });
    const trusted = isolationOf(1, { state: 'restoredToTrust', exposure, entry: entryOf({ verification }) });
    expect(markOf(trusted)).toEqual({ kind: 'trustedOnly', tone: 'good' });
    expect(markOf({ ...trusted, entry: entryOf() })?.kind).toBe('trustUnverified');
    expect(markOf(isolationOf(1, { state: 'foreign' }))?.tone).toBe('neutral');
    expect(markOf(isolationOf(1, { state: 'needsAttention' }))?.tone).toBe('danger');
    expect(markOf(isolationOf(1, { state: 'recorded' }))?.tone).toBe('busy');
    expect(markOf(isolationOf(1, { state: 'restoring' }))?.kind).toBe('restoring');
    expect(markOf(isolationOf(1))).toBeNull();
    expect(markOf(undefined)).toBeNull();
  });

  it('offers what can be done, and nothing while something is done', () => {
    expect(actionsOf(isolationOf(1))).toEqual(['isolate']);
    expect(actionsOf(isolated)).toEqual(['restoreToTrust', 'undo', 'recipe']);
    expect(actionsOf(isolationOf(1, { state: 'foreign' }))).toEqual(['restoreToTrust', 'undo']);
    expect(actionsOf({ ...isolated, state: 'needsAttention' })).toEqual(['resume', 'undo', 'recipe']);
    expect(actionsOf(isolationOf(1, { state: 'applying' }))).toEqual([]);
  });
});

describe('exposure', () => {
  it('that is old, failed or never read is unknown, with what was last known', () => {
    const view = isolationOf(1);
    expect(shownExposure(view, NOW)).toMatchObject({ verdict: 'open', lastKnown: null });
    const later = NOW + EXPOSURE_STALE_MS + 1;
    expect(shownExposure(view, later)).toMatchObject({ verdict: 'unknown', lastKnown: 'open' });
    const failed = { ...view, readError: appError('cloud.timeout', { action: 'x' }) };
    expect(shownExposure(failed, NOW)).toMatchObject({ verdict: 'unknown', lastKnown: 'open' });
    const never = { ...view, exposure: null, readAtMs: null };
    expect(shownExposure(never, NOW)).toEqual({ verdict: 'unknown', lastKnown: null, readAtMs: null });
  });

  it('says the world only where a rule in effect lets the world in', () => {
    const wide = rowOf({ danger: 'wide' });
    expect(wordedAs('open', [wide, rowOf()])).toBe('open');
    expect(wordedAs('open', [wide])).toBe('openBeyond');
    expect(wordedAs('open', [wide, rowOf({ effect: 'shadowed' }), rowOf({ effect: 'dormant' })])).toBe(
      'openBeyond',
    );
    expect(wordedAs('open', [rowOf({ transports: ['udp'] })])).toBe('openBeyond');
    expect(wordedAs('open', [rowOf({ transports: ['udp'] })], 'udp')).toBe('open');
    expect(wordedAs('closed', [])).toBe('closed');
  });

  it('stands out only where it is in effect', () => {
    expect(stands(rowOf())).toBe(true);
    expect(stands(rowOf({ danger: 'unreadable' }))).toBe(true);
    expect(stands(rowOf({ effect: 'shadowed' }))).toBe(false);
    expect(stands(rowOf({ danger: 'narrow' }))).toBe(false);
    expect(dangerKey(rowOf({ effect: 'shadowed' }))).toBe('exposure.danger.world.idle');
  });

  it('names the rule that decides before another', () => {
    const shadowedBy = [{ groupId: 'sg-1', ruleId: null, policy: 'drop', priority: 1 } as const];
    const row = rowOf({ effect: 'shadowed', shadowedBy });
    const text = language.say(effectOf(row, groupNames([row])));
    expect(text).toContain('Drop rule with priority 1 in web');
    expect(groupNames([])('sg-7')).toBe('sg-7');
  });

  it('says a rule in one line, everyone as such', () => {
    expect(ruleInWords(ruleOf(), language)).toBe('Accept TCP 3389 from Everyone (0.0.0.0/0), priority 1');
    const other = ruleOf({
      policy: 'drop',
      protocol: 'all',
      ports: 'all',
      source: { kind: 'group', groupId: 'sg-2', ownerAccount: null },
      priority: 100,
    });
    expect(ruleInWords(other, language)).toBe('Drop all ports from Members of group sg-2, priority 100');
  });
});

describe('trusted addresses', () => {
  it('come in one spelling, each once', () => {
    const { cidrs, error, warnings } = readTrusted('203.0.113.7\n 203.0.113.7/32, 2001:DB8::1');
    expect(cidrs).toEqual(['203.0.113.7/32', '2001:db8::1/128']);
    expect(error).toBeNull();
    expect(warnings).toEqual([]);
  });

  it.each(['0.0.0.0/0', '::/0', '128.0.0.0/1', '2000::/3'])('never let in the world: %s', (text) => {
    const { cidrs, error } = readTrusted(`203.0.113.7\n${text}`);
    expect(error?.key).toBe('restore.address.world');
    expect(cidrs).toEqual(['203.0.113.7/32']);
  });

  it.each(['256.1.1.1', '203.0.113', 'home', '10.0.0.0/33', '010.0.0.1', '1.2.3.4/'])(
    'are not %s',
    (text) => {
      expect(readTrusted(text).error?.key).toBe('restore.address.notABlock');
    },
  );

  it('are questioned when they are wide, and said when they mean a whole block', () => {
    expect(readTrusted('10.0.0.0/8').warnings[0]).toEqual({
      key: 'restore.address.wide',
      params: { cidr: '10.0.0.0/8', count: 16_777_216 },
    });
    expect(readTrusted('2001::/16').warnings[0]?.key).toBe('restore.address.wideV6');
    expect(readTrusted('198.51.100.9/24').warnings[0]?.key).toBe('restore.address.hostBits');
  });

  it('are at most fifty', () => {
    const many = Array.from({ length: 51 }, (_, index) => `192.0.2.${index}`).join('\n');
    expect(readTrusted(many).error?.key).toBe('restore.address.tooMany');
  });
});

describe('what services say of the address', () => {
  const said = (service: string, address: string | null) => ({ service, address });
  it('agrees or not within a family', () => {
    const both = agreement([said('a', '203.0.113.7'), said('b', '203.0.113.7'), said('c', '2001:db8::1')]);
    expect(both.disagree).toBe(false);
    expect(both.addresses[0]).toEqual({ cidr: '203.0.113.7/32', services: ['a', 'b'] });
    expect(agreement([said('a', '203.0.113.7'), said('b', '203.0.113.8')]).disagree).toBe(true);
    expect(agreement([said('a', null), said('b', '<html>')]).addresses).toEqual([]);
  });
});

describe('plans', () => {
  it('ask as their plan wants, and leave out of a batch what wants its own name typed', () => {
    const type = previewOf(2, { plan: planOf(2, { confirmation: 'type' }) });
    expect(confirmationOf([previewOf(1)])).toMatchObject({ ask: false, type: null });
    expect(confirmationOf([type]).type).toBe('host-2');
    const batch = confirmationOf([previewOf(1), type, previewOf(3, { plan: null })]);
    expect(batch.type).toBeNull();
    expect(batch.apply.map((one) => one.previewId)).toEqual(['preview-1']);
    expect(batch.alone.map((one) => one.previewId)).toEqual(['preview-2']);
    const asks = previewOf(1, { plan: planOf(1, { confirmation: 'ask' }) });
    expect(confirmationOf([asks, previewOf(3)]).ask).toBe(true);
    expect(confirmationOf([previewOf(1, { plan: planOf(1, { steps: [] }) })]).apply).toEqual([]);
  });

  it('name the others that they touch, not the instance itself', () => {
    const instances = [
      { id: 'i-1', name: 'host-1' },
      { id: 'i-2', name: 'host-2' },
      { id: 'i-3', name: '' },
    ];
    const group = { groupId: 'sg-1', groupName: 'web', instances, otherPorts: false };
    expect(touched(planOf(1, { blastRadius: [group, group] }))).toEqual(['host-2', 'i-3']);
  });

  it('are the same when they do the same, whatever the reason says', () => {
    expect(sameShape([previewOf(1)], [previewOf(1, { previewId: 'other' })])).toBe(true);
    const wider = planOf(1, {
      blastRadius: [
        { groupId: 'sg-1', groupName: '', instances: [{ id: 'i-2', name: '' }], otherPorts: false },
      ],
    });
    expect(sameShape([previewOf(1)], [previewOf(1, { plan: wider })])).toBe(false);
    expect(sameShape([previewOf(1)], [previewOf(1, { plan: null })])).toBe(false);
  });

  it('say what is not known once', () => {
    expect(unknowns(planOf(1))).toContain('sessions');
    const warnings = [{ key: 'isolation.warning.sessionsUnknown', params: {} }];
    expect(unknowns(planOf(1, { warnings }))).not.toContain('sessions');
    expect(unknowns(planOf(1, { kind: 'undo' }))).toEqual(['port']);
  });

  it('are done only after main answered and the state moved', () => {
    const before = isolationOf(1);
    const after = isolationOf(1, { state: 'isolated', entry: entryOf() });
    const running = isolationOf(1, { state: 'applying' });
    expect(outcomeOf(before, before, true)).toBe('waiting');
    expect(outcomeOf(before, running, false)).toBe('running');
    expect(outcomeOf(before, after, false)).toBe('waiting');
    expect(outcomeOf(before, after, true)).toBe('done');
    const again = isolationOf(1, {
      state: 'isolated',
      entry: entryOf({ verification: verificationOf({ atMs: NOW }) }),
    });
    expect(outcomeOf(after, again, true)).toBe('done');
  });
});

describe('instances to choose from', () => {
  it('are those in the cloud, the exposed first, the isolated last and not to be chosen', () => {
    const cloud = { provider: 'aliyun', region: 'eu', instanceId: 'i' } as const;
    const profiles = [1, 2, 3].map((number) => profileOf(number, { cloud: number === 3 ? null : cloud }));
    const views = new Map([
      [profileOf(1).id, isolationOf(1, { state: 'isolated', exposure: closed })],
      [profileOf(2).id, isolationOf(2)],
    ]);
    const { rows, unlinked } = choosable(profiles, {}, views, '');
    expect(rows.map((row) => [row.name, row.free])).toEqual([
      ['host-2', true],
      ['host-1', false],
    ]);
    expect(unlinked).toBe(1);
    expect(choosable(profiles, {}, views, 'HOST-1').rows).toHaveLength(1);
  });
});

describe('settings', () => {
  it('keep the order of services and take https alone', () => {
    expect(toggled(['a', 'b'], 'a', false)).toEqual(['b']);
    expect(toggled(['a'], 'b', true)).toEqual(['a', 'b']);
    for (const good of ['', 'https://ip.example/me']) expect(isServiceEntry(good)).toBe(true);
    for (const bad of ['http://ip.example', 'https://me:pw@ip.example', 'ip.example']) {
      expect(isServiceEntry(bad)).toBe(false);
    }
  });
});
