import { describe, expect, it, vi } from 'vitest';
import { createTranslator } from '../../../shared/messages/format';
import { defaultSettings } from '../../../shared/settings';
import type { Destination } from '../../../shared/snapshot';
import { createFakeClock } from '../../watch/testing/fake-clock';
import { attack, sampleAccount, sampleView } from '../testing/sample-view';
import { createWords } from '../words';
import { createNotificationCenter, type SourcesInShort, type Toast } from './notification-center';

function setUp(sources: () => Promise<SourcesInShort | undefined> = async () => undefined, practice = false) {
  const clock = createFakeClock();
  const toasts: { toast: Toast; click: () => void; closed: boolean }[] = [];
  const navigated: Destination[] = [];
  const say = createWords(createTranslator('en-GB'), 'Europe/Berlin');
  const center = createNotificationCenter({
    toasts: {
      show(toast, click) {
        const entry = { toast, click, closed: false };
        toasts.push(entry);
        return {
          close: () => {
            entry.closed = true;
          },
        };
      },
    },
    clock,
    words: () => say,
    settings: () => defaultSettings,
    nameOf: () => 'web-01',
    describeSources: sources,
    navigate: (to) => navigated.push(to),
    practice,
  });
  return { clock, center, toasts, navigated };
}

const clear = sampleView(1, [sampleAccount('Administrator')]);
const lockedAt = (nowMs: number) =>
  sampleView(1, [
    sampleAccount('Administrator', {
      status: 'locked',
      lockedAtMs: nowMs,
      autoUnlockAtMs: Date.UTC(2026, 0, 5, 13, 32),
    }),
  ]);

describe('a notification', () => {
  it('says who is locked, by whom and until when', async () => {
    const { center, clock, toasts } = setUp(async () => ({ address: '203.0.113.7', others: 12 }));
    center.update([clear]);
    center.update([lockedAt(clock.now())]);
    await vi.waitFor(() => expect(toasts).toHaveLength(1));
    expect(toasts[0]?.toast).toMatchObject({
      title: 'Administrator on web-01 is locked',
      body: expect.stringMatching(
        /^By failed logons from 203\.0\.113\.7 and 12 other addresses; unlocks by itself (on \d+ \w+ )?at 14:32 \(CET\)$/,
      ),
      urgency: 'critical',
      silent: false,
    });
  });

  it('does not wait long for its details', async () => {
    const { center, clock, toasts } = setUp(() => new Promise(() => undefined));
    center.update([clear]);
    center.update([lockedAt(clock.now())]);
    expect(toasts).toHaveLength(0);
    await clock.advance(1000);
    await vi.waitFor(() => expect(toasts).toHaveLength(1));
  });

  it('is shown though its details cannot be had', async () => {
    const { center, clock, toasts } = setUp(() => Promise.reject(new Error('store gone')));
    center.update([clear]);
    center.update([lockedAt(clock.now())]);
    await vi.waitFor(() => expect(toasts).toHaveLength(1));
  });

  it('navigates on a click and does nothing else', async () => {
    const { center, clock, toasts, navigated } = setUp();
    center.update([clear]);
    center.update([lockedAt(clock.now())]);
    await vi.waitFor(() => expect(toasts).toHaveLength(1));
    toasts[0]?.click();
    expect(navigated).toEqual([{ page: 'instance', instanceId: clear.id, accountKey: 'administrator' }]);
  });

  it('is taken away when it is no longer true', async () => {
    const { center, clock, toasts } = setUp();
    center.update([clear]);
    center.update([lockedAt(clock.now())]);
    await vi.waitFor(() => expect(toasts).toHaveLength(1));
    center.update([clear]);
    await vi.waitFor(() => expect(toasts).toHaveLength(2));
    expect(toasts[0]?.closed).toBe(true);
    expect(toasts[1]?.toast.title).toBe('Administrator on web-01 is unlocked');
  });

  it('is replaced without a sound when its storm has grown', async () => {
    const { center, clock, toasts } = setUp();
    const storm = (locked: number) =>
      sampleView(
        1,
        [0, 1, 2].map((index) =>
          index < locked
            ? sampleAccount(`user${index}`, { status: 'locked', lockedAtMs: index + 1 })
            : sampleAccount(`user${index}`),
        ),
        { verdict: attack },
      );
    center.update([storm(0)]);
    center.update([storm(1)]);
    await vi.waitFor(() => expect(toasts).toHaveLength(1));
    center.update([storm(3)]);
    await clock.advance(30_000);
    await vi.waitFor(() => expect(toasts).toHaveLength(2));
    expect(toasts[0]?.closed).toBe(true);
    expect(toasts[1]?.toast).toMatchObject({ title: '3 accounts on web-01 locked', silent: true });
  });

  it('is labelled in the practice lab', async () => {
    const { center, clock, toasts } = setUp(async () => undefined, true);
    center.update([clear]);
    center.update([lockedAt(clock.now())]);
    await vi.waitFor(() =>
      expect(toasts[0]?.toast.title).toBe('Practice: Administrator on web-01 is locked'),
    );
  });

  it('that was not shown is remembered with its reason', () => {
    const { center } = setUp();
    center.update([{ ...lockedAt(1), connection: 'catchingUp' }]);
    expect(center.recent()).toMatchObject([{ outcome: 'suppressed', reason: 'catchingUp' }]);
  });

  it('is not shown after the end', async () => {
    const { center, clock, toasts } = setUp();
    center.update([clear]);
    center.update([lockedAt(clock.now())]);
    center.dispose();
    await clock.advance(60_000);
    await Promise.resolve();
    expect(toasts).toHaveLength(0);
  });
});
