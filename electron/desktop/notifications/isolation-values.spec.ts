import { describe, expect, it } from 'vitest';
import { en } from '../../../shared/messages/en';
import { sampleEntry, sampleIsolation, sampleProgress } from '../testing/sample-isolation';
import { sampleId } from '../testing/sample-view';
import { type IsolationSeen, isolationValues } from './isolation-values';

const seen = (...views: IsolationSeen['views']): IsolationSeen => ({ views, offers: [] });
const nothing = seen();
const titles = (before: IsolationSeen, now: IsolationSeen): string[] =>
  isolationValues(before, now, () => 'web-01').map(({ title }) => title.key);
const running = sampleIsolation(1, { state: 'applying', progress: sampleProgress });

describe('what isolation has to say', () => {
  it.each([
    ['isolated', 'notification.isolation.isolated.title'],
    ['restoredToTrust', 'notification.isolation.trusted.title'],
    ['restored', 'notification.isolation.restored.title'],
    ['unverified', 'notification.isolation.unverified.title'],
    ['needsAttention', 'notification.isolation.attention.title'],
  ] as const)('is said when a run ends as %s', (state, title) => {
    const after = sampleIsolation(1, { state, entry: sampleEntry });
    expect(titles(seen(running), seen(after))).toEqual([title]);
    expect(titles(seen(after), seen(after))).toEqual([]);
    expect(titles(seen(after), seen({ ...after, readAtMs: 2000 }))).toEqual([]);
    expect(en).toHaveProperty([title]);
  });

  it('does not say that nobody gets in when its own group does', () => {
    const verification = {
      atMs: 0,
      verdict: 'closed' as const,
      reasons: [],
      probe: 'refused' as const,
      remaining: [
        {
          kind: 'sameGroup' as const,
          certain: true as const,
          interfaceId: 'eni-1',
          groupId: 'sg-1',
          groupName: 'web',
          members: [{ id: 'i-2', name: 'web-2' }],
        },
      ],
    };
    const view = sampleIsolation(1, { state: 'isolated', entry: { ...sampleEntry, verification } });
    expect(isolationValues(seen(running), seen(view), () => 'x')).toMatchObject([
      { body: [{ key: 'notification.isolation.isolated.except' }] },
    ]);
    expect(en).toHaveProperty(['notification.isolation.isolated.except']);
  });

  it('leads to the instance and does nothing else', () => {
    const [value] = isolationValues(
      seen(running),
      seen(sampleIsolation(1, { state: 'isolated' })),
      () => 'x',
    );
    expect(value?.destination).toEqual({ page: 'instance', instanceId: sampleId(1), accountKey: null });
  });

  it('is nothing while a run goes on, and nothing of what is as it was at the start', () => {
    expect(titles(nothing, seen(running))).toEqual([]);
    expect(titles(nothing, seen(sampleIsolation(1, { state: 'isolated' })))).toEqual([]);
    expect(titles(nothing, seen(sampleIsolation(1, { state: 'unverified', readAtMs: null })))).toEqual([]);
  });

  it('is said of what waits for the admin and of what somebody else isolated, also at the start', () => {
    expect(titles(nothing, seen(sampleIsolation(1, { state: 'needsAttention' })))).toEqual([
      'notification.isolation.attention.title',
    ]);
    expect(titles(nothing, seen(sampleIsolation(1, { state: 'foreign' })))).toEqual([
      'notification.isolation.foreign.title',
    ]);
  });

  it('is one notification for a changed address, however many instances trust it', () => {
    const offer = (number: number) => ({
      id: sampleId(number),
      oldCidr: '192.0.2.1/32',
      newCidr: '192.0.2.2/32',
      foundAtMs: 0,
    });
    const one = { views: [], offers: [offer(1)] };
    const two = { views: [], offers: [offer(1), offer(2)] };
    expect(isolationValues(nothing, one, () => 'x')).toMatchObject([
      { title: { key: 'notification.address.title' }, destination: { page: 'instance' } },
    ]);
    expect(isolationValues(nothing, two, () => 'x')).toMatchObject([
      { body: [{ params: { count: 2 } }], destination: { page: 'fleet' } },
    ]);
    expect(isolationValues(two, two, () => 'x')).toEqual([]);
    expect(isolationValues(two, one, () => 'x')).toEqual([]);
  });
});
