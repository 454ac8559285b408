import type { EventBatch } from '../sources/source';

const REMEMBERED = 256;

/**
 * A broken record has no id that could be trusted, so a channel's bookmark stays before it until a good record
 * follows, and it is read again until then. This tells which broken records have been counted already.
 */
export class BrokenTail {
  readonly #counted = new Set<string>();
  #offered: string[] = [];

  /** The broken records of a batch that were not counted before. */
  fresh(broken: EventBatch['broken']): EventBatch['broken'] {
    const samples = broken.samples.filter((sample) => !this.#counted.has(sample.excerpt));
    this.#offered.push(...samples.map((sample) => sample.excerpt));
    const known = broken.samples.length - samples.length;
    return { count: Math.max(0, broken.count - known), samples };
  }

  /** What was offered is stored. */
  counted(): void {
    for (const excerpt of this.#offered) {
      this.#counted.add(excerpt);
      const [oldest] = this.#counted;
      if (this.#counted.size > REMEMBERED && oldest !== undefined) this.#counted.delete(oldest);
    }
    this.#offered = [];
  }

  /** What was offered could not be stored and will come again. */
  dropped(): void {
    this.#offered = [];
  }
}
