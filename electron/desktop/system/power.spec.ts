import { describe, expect, it } from 'vitest';
import { watchPower } from './power';

function setUp() {
  const calls: string[] = [];
  const listeners: { suspend?: () => void; resume?: () => void } = {};
  const stop = watchPower(
    {
      onSuspend(listener) {
        listeners.suspend = listener;
        return () => delete listeners.suspend;
      },
      onResume(listener) {
        listeners.resume = listener;
        return () => delete listeners.resume;
      },
    },
    { suspend: () => calls.push('suspend'), resume: () => calls.push('resume') },
  );
  return { calls, listeners, stop };
}

describe('sleep and wake', () => {
  it('suspend pauses watching, resume takes it up again', () => {
    const { calls, listeners } = setUp();
    listeners.suspend?.();
    listeners.resume?.();
    expect(calls).toEqual(['suspend', 'resume']);
  });

  it('is not listened for after the end', () => {
    const { listeners, stop } = setUp();
    stop();
    expect(listeners).toEqual({});
  });
});
