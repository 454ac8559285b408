import type { Clock } from '../clock';

export interface FakeClock extends Clock {
  /** Moves time on, running what falls due in its order and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Moves time without running anything: a machine that slept, or a clock that was set. */
  jump(ms: number): void;
  /** When the next timer is due, in milliseconds since 1970. */
  nextDue(): number | undefined;
}

/** Lets everything that is already settled run its course. */
export async function settle(turns = 50): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}

export function createFakeClock(startMs = Date.UTC(2026, 0, 5, 12)): FakeClock {
  let now = startMs;
  let order = 0;
  const timers = new Map<number, { due: number; run: () => void }>();
  const next = (): [number, { due: number; run: () => void }] | undefined =>
    [...timers].toSorted(([idA, a], [idB, b]) => a.due - b.due || idA - idB)[0];
  return {
    now: () => now,
    after(ms, run) {
      const id = order++;
      timers.set(id, { due: now + Math.max(0, ms), run });
      return () => timers.delete(id);
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let entry = next(); entry && entry[1].due <= end; entry = next()) {
        timers.delete(entry[0]);
        now = Math.max(now, entry[1].due);
        entry[1].run();
        await settle();
      }
      now = Math.max(now, end);
    },
    jump(ms) {
      now += ms;
    },
    nextDue: () => next()?.[1].due,
  };
}
