import { useRef, useSyncExternalStore } from 'react';

export interface Ticker {
  now(): number;
  subscribe(listener: () => void): () => void;
}

interface Surroundings {
  readonly now: () => number;
  readonly visible: () => boolean;
  readonly onVisibilityChange: (listener: () => void) => () => void;
  readonly every: (listener: () => void, ms: number) => () => void;
}

const browser: Surroundings = {
  now: () => Date.now(),
  visible: () => document.visibilityState !== 'hidden',
  onVisibilityChange: (listener) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
  every: (listener, ms) => {
    const timer = setInterval(listener, ms);
    return () => clearInterval(timer);
  },
};

/** One beat a second for everything that counts down, running only while somebody listens and can see it. */
export function createTicker(world: Surroundings = browser): Ticker {
  const listeners = new Set<() => void>();
  let current = world.now();
  let stopBeat: (() => void) | undefined;
  let stopWatching: (() => void) | undefined;

  const beat = (): void => {
    current = world.now();
    for (const listener of [...listeners]) listener();
  };
  const adjust = (): void => {
    const wanted = listeners.size > 0 && world.visible();
    if (wanted && !stopBeat) {
      stopBeat = world.every(beat, 1000);
      beat();
    } else if (!wanted && stopBeat) {
      stopBeat();
      stopBeat = undefined;
    }
  };

  return {
    now: () => current,
    subscribe: (listener) => {
      listeners.add(listener);
      stopWatching ??= world.onVisibilityChange(adjust);
      if (listeners.size === 1) adjust();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        adjust();
        stopWatching?.();
        stopWatching = undefined;
      };
    },
  };
}

const ticker = createTicker();

/**
 * A value derived from the time. The component renders again only when the value changes, so derive a string
 * or a number, not an object.
 */
export function useTicking<T extends string | number | boolean | null>(derive: (nowMs: number) => T): T {
  const latest = useRef(derive);
  latest.current = derive;
  return useSyncExternalStore(ticker.subscribe, () => latest.current(ticker.now()));
}

/** The time in steps of `stepMs`, for lists that need not be recomputed every second. */
export const useSteppedNow = (stepMs: number): number =>
  useTicking((nowMs) => Math.floor(nowMs / stepMs) * stepMs);
