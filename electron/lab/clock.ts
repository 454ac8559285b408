/** Time as the lab sees it: milliseconds since 1970, and timers on that time. */
export interface LabClock {
  now(): number;
  /** Runs `task` once after `delayMs`; the returned function takes it back. */
  after(delayMs: number, task: () => void): () => void;
}

export const systemClock: LabClock = {
  now: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

interface Waiting {
  readonly atMs: number;
  readonly order: number;
  readonly task: () => void;
}

/**
 * A clock that stands still until it is moved. Moving it runs what became due, in order, each at its own time. The
 * lab writes hours of history with it in an instant, and tests need no sleeping.
 */
export class SimulatedClock implements LabClock {
  #nowMs: number;
  #order = 0;
  readonly #waiting = new Set<Waiting>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const waiting = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, task };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  advance(ms: number): void {
    this.advanceTo(this.#nowMs + ms);
  }

  advanceTo(endMs: number): void {
    for (let next = this.#earliest(); next && next.atMs <= endMs; next = this.#earliest()) {
      this.#waiting.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.task();
    }
    this.#nowMs = Math.max(this.#nowMs, endMs);
  }

  #earliest(): Waiting | undefined {
    let best: Waiting | undefined;
    for (const waiting of this.#waiting) {
      if (!best || waiting.atMs < best.atMs || (waiting.atMs === best.atMs && waiting.order < best.order)) {
        best = waiting;
      }
    }
    return best;
  }
}
