import { describe, expect, it } from 'vitest';
import type { InstanceView } from '../../../shared/account-status';
import { initialFleetView } from '../../store/ui';
import { accountView, instanceView, NOW, profileOf } from '../../testing/fixtures';
import {
  arrange,
  countByStatus,
  type FleetItem,
  fleetRows,
  groupsAndTags,
  matchesSearch,
} from './fleet-model';

const profiles = [
  profileOf(1, { name: 'web-10', group: 'Shop', tags: ['rdp'] }),
  profileOf(2, { name: 'web-9', group: 'Shop' }),
  profileOf(3, { name: 'db', group: '', tags: ['sql', 'rdp'] }),
  profileOf(4, { name: 'new', group: 'Offices' }),
];
const views: InstanceView[] = [
  instanceView(1),
  instanceView(2, {
    status: 'locked',
    accounts: [accountView('Administrator', { status: 'locked', autoUnlockAtMs: NOW + 1000 })],
  }),
  instanceView(3, {
    status: 'counting',
    accounts: [accountView('svc_backup', { status: 'counting', badPasswordCount: 4 })],
  }),
];
const fleet = Object.fromEntries(views.map((view) => [view.id, view]));
const inputs = { profiles, fleet, nowMs: NOW, staleAfterSeconds: 120, windowStale: false };
const rows = fleetRows(inputs);
const shape = (items: readonly FleetItem[]): string[] =>
  items.map((item) =>
    item.kind === 'row' ? item.row.profile.name : `[${item.group} ${item.worst} ${item.count}]`,
  );

describe('fleetRows', () => {
  it("shows a locked account's own figures, and beside them the next account to lock", () => {
    const admin = accountView('Administrator', { status: 'locked', autoUnlockAtMs: NOW + 177_000 });
    const guest = accountView('Guest', { status: 'counting', badPasswordCount: 9, locksAtMs: NOW + 73_000 });
    const view = instanceView(1, { status: 'locked', accounts: [guest, admin] });
    const [row] = fleetRows({ ...inputs, fleet: { [view.id]: view } });
    expect(row).toMatchObject({
      worst: { name: 'Administrator' },
      next: { kind: 'unlocks', account: 'Administrator', atMs: NOW + 177_000 },
      coming: { kind: 'locks', account: 'Guest' },
    });
  });

  it('has a row for every profile; one that was never read is unknown', () => {
    expect(rows.map((row) => row.shown.status)).toEqual(['clear', 'locked', 'counting', 'unknown']);
    expect(countByStatus(rows)).toEqual({ locked: 1, counting: 1, clear: 1, unknown: 1 });
  });

  it('counts no account of a reading that is too old', () => {
    const late = fleetRows({ ...inputs, nowMs: NOW + 3_600_000 });
    expect(late.every((row) => row.shown.status === 'unknown' && row.locked.length === 0)).toBe(true);
  });

  it('gives a verdict only where something fails', () => {
    expect(rows.map((row) => row.verdict !== null)).toEqual([false, true, true, false]);
  });
});

describe('arrange', () => {
  it('puts the worst first, and equals by name as people count', () => {
    expect(shape(arrange(rows, initialFleetView))).toEqual(['web-9', 'db', 'new', 'web-10']);
    const byName = { ...initialFleetView, sort: { column: 'name', descending: false } as const };
    expect(shape(arrange(rows, byName))).toEqual(['db', 'new', 'web-9', 'web-10']);
    const reversed = { ...initialFleetView, sort: { column: 'name', descending: true } as const };
    expect(shape(arrange(rows, reversed))).toEqual(['web-10', 'web-9', 'new', 'db']);
  });

  it('filters by status, group and tag together', () => {
    const view = { ...initialFleetView, statuses: ['locked', 'counting'] as const };
    expect(shape(arrange(rows, view))).toEqual(['web-9', 'db']);
    expect(shape(arrange(rows, { ...view, group: 'Shop' }))).toEqual(['web-9']);
    expect(shape(arrange(rows, { ...initialFleetView, tag: 'rdp' }))).toEqual(['db', 'web-10']);
  });

  it('groups with the worst group first, and hides what is collapsed', () => {
    const view = { ...initialFleetView, groupBy: 'group' as const };
    expect(shape(arrange(rows, view))).toEqual([
      '[Shop locked 2]',
      'web-9',
      'web-10',
      '[ counting 1]',
      'db',
      '[Offices unknown 1]',
      'new',
    ]);
    const collapsed = arrange(rows, { ...view, collapsed: ['group:Shop'] });
    expect(shape(collapsed).slice(0, 2)).toEqual(['[Shop locked 2]', '[ counting 1]']);
  });

  it('handles 500 instances within a frame or two', () => {
    const many = Array.from({ length: 500 }, (_, index) => profileOf(index + 1, { name: `srv-${index}` }));
    const all = fleetRows({ ...inputs, profiles: many });
    expect(arrange(all, initialFleetView)).toHaveLength(500);
  });
});

describe('matchesSearch', () => {
  const [web10, web9] = rows;
  it('finds names, hosts, tags and failing accounts, all words together', () => {
    if (!web10 || !web9) throw new Error('no rows');
    expect(matchesSearch(web10, '  WEB rdp ')).toBe(true);
    expect(matchesSearch(web10, '192.0.2.1')).toBe(true);
    expect(matchesSearch(web10, 'web sql')).toBe(false);
    expect(matchesSearch(web9, 'administrator')).toBe(true);
    expect(matchesSearch(web10, '')).toBe(true);
  });
});

it('collects groups and tags once each', () => {
  expect(groupsAndTags(profiles)).toEqual({ groups: ['Offices', 'Shop'], tags: ['rdp', 'sql'] });
});
