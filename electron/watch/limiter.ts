/** Lets only so many things happen at once; the others wait in the order they came. */
export interface Limiter {
  /** Rejects with the signal's reason when it is aborted while waiting. */
  run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

export function createLimiter(limit: number): Limiter {
  let running = 0;
  const waiting = new Set<() => void>();

  function release(): void {
    running -= 1;
    const [next] = waiting;
    if (next) {
      waiting.delete(next);
      next();
    }
  }

  function acquire(signal: AbortSignal): Promise<void> {
    if (running < limit) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const admit = (): void => {
        signal.removeEventListener('abort', abandon);
        running += 1;
        resolve();
      };
      const abandon = (): void => {
        waiting.delete(admit);
        reject(signal.reason);
      };
      waiting.add(admit);
      signal.addEventListener('abort', abandon, { once: true });
    });
  }

  return {
    async run(signal, task) {
      signal.throwIfAborted();
      await acquire(signal);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
