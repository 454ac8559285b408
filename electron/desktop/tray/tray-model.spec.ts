import { describe, expect, it } from 'vitest';
import type { InstanceView } from '../../../shared/account-status';
import { en } from '../../../shared/messages/en';
import { sampleAccount, sampleId, sampleView } from '../testing/sample-view';
import { AFFECTED_SHOWN, type TrayItem, trayView } from './tray-model';

const view = (fleet: readonly InstanceView[], changes = {}) =>
  trayView({
    fleet,
    isolation: [],
    checklists: [],
    nameOf: (id) => `web-${Number(id.slice(-12))}`,
    notificationsPausedUntilMs: null,
    nowMs: 1000,
    practice: false,
    ...changes,
  });

const labels = (items: readonly TrayItem[]): string[] =>
  items.flatMap((item) => (item.kind === 'separator' ? [] : [item.label.key]));
const locked = (name: string) =>
  sampleAccount(name, { status: 'locked', lockedAtMs: 0, autoUnlockAtMs: 600_000, badPasswordCount: 10 });
const counting = (name: string) => sampleAccount(name, { status: 'counting', badPasswordCount: 3 });

describe('the tray icon', () => {
  it('shows the worst state with the number of accounts in it', () => {
    const fleet = [
      sampleView(1, [locked('Bob'), locked('Eve'), counting('Ann')]),
      sampleView(2, [counting('Dan')]),
      sampleView(3, []),
    ];
    expect(view(fleet)).toMatchObject({
      status: 'locked',
      count: 2,
      summary: { key: 'tray.summary.locked', params: { count: 2 } },
    });
  });

  it('counts instances when they are unknown, and never shows them as clear', () => {
    const fleet = [sampleView(1, []), sampleView(2, [], { status: 'unknown' })];
    expect(view(fleet)).toMatchObject({ status: 'unknown', count: 1 });
  });

  it('is clear when all that is watched is clear', () => {
    const off = sampleView(2, [], { connection: 'off', status: 'unknown' });
    expect(view([sampleView(1, []), off])).toMatchObject({
      status: 'clear',
      count: 0,
      summary: { key: 'tray.summary.clear', params: { count: 1 } },
    });
  });

  it('claims nothing where nothing is watched', () => {
    expect(view([])).toMatchObject({ status: 'unknown', count: 0, summary: { key: 'tray.summary.none' } });
  });
});

describe('the tray menu', () => {
  it('has the affected accounts first, the worst on top, and all the actions (left click is undefined on Linux)', () => {
    const fleet = [
      sampleView(3, [], { status: 'unknown' }),
      sampleView(2, [counting('Ann')]),
      sampleView(1, [locked('Bob')]),
    ];
    expect(labels(view(fleet).items)).toEqual([
      'tray.account.lockedUntil',
      'tray.account.countingOf',
      'tray.instance.unknown',
      'tray.pause',
      'tray.open',
      'tray.settings',
      'tray.quit',
    ]);
    expect(view(fleet).items[0]).toMatchObject({
      label: { params: { account: 'Bob', instance: 'web-1', atMs: 600_000 } },
      action: { do: 'navigate', to: { page: 'instance', instanceId: sampleId(1), accountKey: 'bob' } },
    });
  });

  it('is bounded, and says how many more there are', () => {
    const accounts = Array.from({ length: 50 }, (_, index) => locked(`user${index}`));
    const { items } = view([sampleView(1, accounts)]);
    expect(items[AFFECTED_SHOWN]).toMatchObject({
      label: { key: 'tray.more', params: { count: 50 - AFFECTED_SHOWN } },
      action: { do: 'navigate', to: { page: 'fleet' } },
    });
  });

  it('says when a lock has no end of its own', () => {
    const admin = sampleAccount('Bob', { status: 'locked', lockedUntilAdmin: true });
    const open = sampleAccount('Eve', { status: 'locked' });
    expect(labels(view([sampleView(1, [admin, open])]).items).slice(0, 2)).toEqual([
      'tray.account.lockedUntilAdmin',
      'tray.account.locked',
    ]);
  });

  it('offers to resume while notifications are paused, and to pause otherwise', () => {
    expect(labels(view([], { notificationsPausedUntilMs: 2000 }).items)).toContain('tray.resume');
    expect(labels(view([], { notificationsPausedUntilMs: 500 }).items)).toContain('tray.pause');
  });

  it('is labelled as practice in the practice lab', () => {
    expect(view([], { practice: true }).items[0]).toEqual({
      kind: 'note',
      label: { key: 'tray.practice', params: {} },
    });
  });

  it('is the same value for the same state, whatever the order', () => {
    const fleet = [sampleView(1, [locked('Bob')]), sampleView(2, [counting('Ann')])];
    expect(view([...fleet].reverse())).toEqual(view(fleet));
  });

  it('has a sentence in the catalogue for all it says', () => {
    const keys = (items: readonly TrayItem[]): string[] => [
      ...labels(items),
      ...items.flatMap((item) => (item.kind === 'menu' ? keys(item.items) : [])),
    ];
    const everything = [
      view([sampleView(1, [locked('a'), counting('b')]), sampleView(2, [], { status: 'unknown' })]),
      view([sampleView(1, [], { status: 'locked' }), sampleView(2, [], { status: 'counting' })]),
      view([], { notificationsPausedUntilMs: 2000, practice: true }),
      view([sampleView(1, [])]),
    ];
    for (const { items, summary } of everything) {
      for (const key of [...keys(items), summary.key]) expect(en).toHaveProperty([key]);
    }
  });
});
