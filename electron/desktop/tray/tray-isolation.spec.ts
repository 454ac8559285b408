import { describe, expect, it } from 'vitest';
import { en } from '../../../shared/messages/en';
import { sampleIsolation, sampleProgress } from '../testing/sample-isolation';
import { sampleAccount, sampleId, sampleView } from '../testing/sample-view';
import { type TrayInput, type TrayItem, trayView } from './tray-model';

const view = (changes: Partial<TrayInput>) =>
  trayView({
    fleet: [sampleView(1, []), sampleView(2, [])],
    isolation: [],
    checklists: [],
    nameOf: (id) => `web-${Number(id.slice(-12))}`,
    notificationsPausedUntilMs: null,
    nowMs: 1000,
    practice: false,
    ...changes,
  });
const isolateMenu = (items: readonly TrayItem[]) =>
  items.flatMap((item) => (item.kind === 'menu' && item.label.key === 'tray.isolate' ? item.items : []));

describe('isolation in the tray', () => {
  it('shows as isolated when nothing is worse', () => {
    const shown = view({ isolation: [sampleIsolation(1, { state: 'isolated' }), sampleIsolation(2)] });
    expect(shown).toMatchObject({
      status: 'isolated',
      count: 1,
      summary: { key: 'tray.summary.isolated', params: { count: 1 } },
    });
  });

  it.each([
    ['locked', sampleView(1, [sampleAccount('Bob', { status: 'locked' })])],
    ['unknown', sampleView(1, [], { status: 'unknown' })],
  ])('does not hide what is worse: %s', (status, instance) => {
    const fleet = [{ ...instance, status: status as 'locked' | 'unknown' }];
    expect(view({ fleet, isolation: [sampleIsolation(1, { state: 'isolated' })] }).status).toBe(status);
  });

  it('does not call restored, unverified or half-done isolations isolated', () => {
    for (const state of ['restoredToTrust', 'unverified', 'needsAttention', 'applying'] as const)
      expect(view({ isolation: [sampleIsolation(1, { state })] }).status).toBe('clear');
  });

  it('lists what waits for the admin first, each leading to its instance', () => {
    const shown = view({
      isolation: [sampleIsolation(1, { state: 'isolated' }), sampleIsolation(2, { state: 'needsAttention' })],
    });
    const labels = shown.items.flatMap((item) =>
      item.kind === 'action' && item.label.key.startsWith('tray.isolation.') ? [item] : [],
    );
    expect(labels).toMatchObject([
      { label: { key: 'tray.isolation.attention' }, action: { to: { instanceId: sampleId(2) } } },
      { label: { key: 'tray.isolation.isolated' }, action: { to: { instanceId: sampleId(1) } } },
    ]);
  });

  it('offers to isolate what is open, the attacked first, and only ever navigates', () => {
    const locked = {
      ...sampleView(2, [sampleAccount('Bob', { status: 'locked' })]),
      status: 'locked' as const,
    };
    const items = isolateMenu(
      view({
        fleet: [sampleView(1, []), locked],
        isolation: [
          sampleIsolation(1),
          sampleIsolation(2),
          sampleIsolation(3, { state: 'isolated' }),
          sampleIsolation(4, { progress: sampleProgress }),
        ],
      }).items,
    );
    expect(items.map((item) => (item.kind === 'action' ? item.action : null))).toEqual([
      { do: 'navigate', to: { page: 'isolate', instanceId: sampleId(2) } },
      { do: 'navigate', to: { page: 'isolate', instanceId: sampleId(1) } },
    ]);
  });

  it('offers nothing without an instance in a cloud', () => {
    expect(isolateMenu(view({}).items)).toEqual([]);
  });

  it('has words for everything', () => {
    for (const kind of ['isolated', 'foreign', 'attention'])
      expect(en).toHaveProperty([`tray.isolation.${kind}`]);
  });
});
