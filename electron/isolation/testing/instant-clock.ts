import type { Clock } from '../../watch/clock';

/** Time that passes as soon as somebody waits for it: an hour of pauses takes no time. */
export function createInstantClock(startMs = Date.UTC(2026, 0, 5, 12)): Clock {
  let now = startMs;
  return {
    now: () => now,
    after(ms, run) {
      let taken = false;
      setImmediate(() => {
        if (taken) return;
        now += Math.max(0, ms);
        run();
      });
      return () => {
        taken = true;
      };
    },
  };
}
