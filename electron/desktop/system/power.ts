import type { Clock } from '../../watch/clock';

/** The part of Electron's power monitor that matters here. */
export interface PowerEvents {
  onSuspend(listener: () => void): () => void;
  onResume(listener: () => void): () => void;
}

export interface PowerOptions {
  readonly events: PowerEvents;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  /** Stop asking the instances: the network goes away. */
  readonly pause: () => void;
  /** What was read before the sleep is old, whatever its age by the clock says. */
  readonly markStale: () => void;
  readonly resume: () => void;
}

/** After waking, everything would ask at once, and the network is not there yet. In milliseconds. */
export const RESUME_DELAY_MS = 1000;
export const RESUME_JITTER_MS = 4000;

/** Sleep pauses watching; waking marks all readings stale at once, then asks again after a moment and some jitter. */
export function watchPower({ events, clock, random, pause, markStale, resume }: PowerOptions): () => void {
  let cancel: (() => void) | undefined;
  const stopSuspend = events.onSuspend(() => {
    cancel?.();
    cancel = undefined;
    pause();
  });
  const stopResume = events.onResume(() => {
    markStale();
    cancel?.();
    cancel = clock.after(RESUME_DELAY_MS + random() * RESUME_JITTER_MS, resume);
  });
  return () => {
    cancel?.();
    stopSuspend();
    stopResume();
  };
}
