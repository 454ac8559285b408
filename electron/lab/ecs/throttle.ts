import { throttled } from './error';

const MINUTE_MS = 60_000;

/** Calls a minute, by action; `*` holds for every action that is not named. No entry: never throttled. */
export type CallsPerMinute = Readonly<Record<string, number>>;

/** Fact 17: counted by action and calendar minute; whoever is over the limit waits for the next minute. */
export class Throttle {
  limits: CallsPerMinute;
  #minute = Number.NaN;
  readonly #calls = new Map<string, number>();

  constructor(limits: CallsPerMinute) {
    this.limits = limits;
  }

  /** Throws when this call is over the limit. A call that is refused is not counted. */
  count(action: string, nowMs: number): void {
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute !== this.#minute) this.#calls.clear();
    this.#minute = minute;
    const limit = this.limits[action] ?? this.limits['*'];
    const calls = this.#calls.get(action) ?? 0;
    if (limit !== undefined && calls >= limit) throw throttled((minute + 1) * MINUTE_MS - nowMs);
    this.#calls.set(action, calls + 1);
  }
}
