import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../watch/testing/fake-clock';
import { RESUME_DELAY_MS, RESUME_JITTER_MS, watchPower } from './power';

function setUp(random = 0.5) {
  const clock = createFakeClock();
  const calls: string[] = [];
  const listeners: { suspend?: () => void; resume?: () => void } = {};
  const stop = watchPower({
    events: {
      onSuspend(listener) {
        listeners.suspend = listener;
        return () => delete listeners.suspend;
      },
      onResume(listener) {
        listeners.resume = listener;
        return () => delete listeners.resume;
      },
    },
    clock,
    random: () => random,
    pause: () => calls.push('pause'),
    markStale: () => calls.push('stale'),
    resume: () => calls.push('resume'),
  });
  return { clock, calls, listeners, stop };
}

describe('sleep and wake', () => {
  it('pauses on suspend', () => {
    const { calls, listeners } = setUp();
    listeners.suspend?.();
    expect(calls).toEqual(['pause']);
  });

  it('marks data stale on resume at once, then checks again with jitter', async () => {
    const { calls, clock, listeners } = setUp(0.5);
    listeners.suspend?.();
    listeners.resume?.();
    expect(calls).toEqual(['pause', 'stale']);
    await clock.advance(RESUME_DELAY_MS + RESUME_JITTER_MS / 2 - 1);
    expect(calls).toEqual(['pause', 'stale']);
    await clock.advance(1);
    expect(calls).toEqual(['pause', 'stale', 'resume']);
  });

  it('does not wake what fell asleep again', async () => {
    const { calls, clock, listeners } = setUp();
    listeners.suspend?.();
    listeners.resume?.();
    listeners.suspend?.();
    await clock.advance(60_000);
    expect(calls).toEqual(['pause', 'stale', 'pause']);
  });

  it('is over when the app ends', async () => {
    const { calls, clock, listeners, stop } = setUp();
    listeners.resume?.();
    stop();
    await clock.advance(60_000);
    expect(calls).toEqual(['stale']);
    expect(listeners).toEqual({});
  });
});
