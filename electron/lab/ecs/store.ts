import type { LabClock } from '../clock';
import type { EcsState } from './types';

interface Version {
  readonly atMs: number;
  readonly state: EcsState;
}

/** Keeps the state and, for as long as somebody may not see the latest change yet, what it was before. */
export class Store {
  readonly #clock: LabClock;
  readonly #listeners = new Set<() => void>();
  #versions: Version[];
  /** How long until readers see a change, and until it lets packets through or keeps them out; milliseconds. */
  delays: { describeMs: number; effectMs: number };

  constructor(clock: LabClock, state: EcsState, delays: { describeMs: number; effectMs: number }) {
    this.#clock = clock;
    this.#versions = [{ atMs: Number.NEGATIVE_INFINITY, state }];
    this.delays = delays;
  }

  /** The truth, which every write is checked against. */
  get latest(): EcsState {
    return this.#seen(0);
  }

  get described(): EcsState {
    return this.#seen(this.delays.describeMs);
  }

  get effective(): EcsState {
    return this.#seen(this.delays.effectMs);
  }

  write(state: EcsState): void {
    const now = this.#clock.now();
    const oldest = now - Math.max(this.delays.describeMs, this.delays.effectMs);
    const firstNeeded = this.#versions.findLastIndex(({ atMs }) => atMs <= oldest);
    this.#versions = [...this.#versions.slice(Math.max(0, firstNeeded)), { atMs: now, state }];
    if (this.delays.effectMs === 0) this.#tell();
    else this.#clock.after(this.delays.effectMs, () => this.#tell());
  }

  /** Tells when what packets meet may have changed. */
  onEffect(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #seen(delayMs: number): EcsState {
    const limit = this.#clock.now() - delayMs;
    const version =
      delayMs === 0 ? this.#versions.at(-1) : this.#versions.findLast(({ atMs }) => atMs <= limit);
    const found = version ?? this.#versions[0];
    if (!found) throw new Error('A store always has a state');
    return found.state;
  }
}

/** A copy with one entry set. */
export const withEntry = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value);

/** A copy without one entry. */
export function withoutEntry<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
