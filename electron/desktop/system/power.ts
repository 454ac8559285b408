/** The part of Electron's power monitor that matters here. */
export interface PowerEvents {
  onSuspend(listener: () => void): () => void;
  onResume(listener: () => void): () => void;
}

export interface Watching {
  /** Stop asking the instances: the network goes away. */
  suspend(): void;
  /** What was read before the sleep is stale at once; every instance is asked again after some jitter of its own. */
  resume(): void;
}

/** Sleep pauses watching; waking marks all readings stale and checks again. */
export function watchPower(events: PowerEvents, watching: Watching): () => void {
  const stops = [events.onSuspend(() => watching.suspend()), events.onResume(() => watching.resume())];
  return () => {
    for (const stop of stops) stop();
  };
}
