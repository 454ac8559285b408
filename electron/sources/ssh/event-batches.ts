import type { EventRecord } from '../../../shared/evidence';
import { EventXmlReader } from '../events/reader';
import type { EventBatch } from '../source';

/** A batch is handed on when it has so many events: large enough to be cheap to store, small enough to be soon. */
const BATCH_EVENTS = 256;

/** Turns the bytes of a `wevtutil` answer into batches of events. */
export class EventBatches {
  readonly #reader = new EventXmlReader();
  #events: EventRecord[] = [];
  #brokenCount = 0;
  #brokenSamples = 0;
  #bytes = 0;

  constructor(readonly onBatch: (batch: EventBatch) => void) {}

  push(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    this.#add(this.#reader.push(chunk));
    if (this.#events.length >= BATCH_EVENTS) this.#flush();
  }

  /** Takes the end of the answer and hands on what is left. */
  end(): void {
    this.#add(this.#reader.end());
    this.#flush();
  }

  /** Hands on what is complete so far; a record that is not is left out. */
  cut(): void {
    this.#flush();
  }

  /** Records so far, broken ones included. */
  get records(): number {
    return this.#reader.events + this.#reader.broken.count;
  }

  #add(events: readonly EventRecord[]): void {
    if (events.length > 0)
      this.#events = this.#events.length === 0 ? [...events] : this.#events.concat(events);
  }

  #flush(): void {
    const { count, samples } = this.#reader.broken;
    if (this.#events.length === 0 && count === this.#brokenCount) return;
    const batch: EventBatch = {
      events: this.#events,
      broken: { count: count - this.#brokenCount, samples: samples.slice(this.#brokenSamples) },
      bytes: this.#bytes,
    };
    this.#events = [];
    this.#brokenCount = count;
    this.#brokenSamples = samples.length;
    this.#bytes = 0;
    this.onBatch(batch);
  }
}
