import type { Clock } from '../watch/clock';

/** Waits so many milliseconds; false when the signal ended it early. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  if (ms <= 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const cancelled = (): void => {
      cancel();
      resolve(false);
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', cancelled);
      resolve(true);
    });
    signal.addEventListener('abort', cancelled, { once: true });
  });
}
