import type { BrokenRecord, EventRecord } from '../../../shared/evidence';
import { type EventEncoding, EventTextDecoder } from './decode';
import { EventFramer } from './frame';
import { detached, Interner } from './intern';
import { Layouts } from './layouts';
import { type RawEvent, toEventRecord } from './record';
import { parseEventStrictly } from './strict';

export interface EventXmlReaderOptions {
  /** A single event with more characters of text than this is broken. Default 1,048,576. */
  readonly maxEventChars?: number;
  /** How many broken records are kept for diagnosis, the first ones. Default 20. */
  readonly maxSamples?: number;
}

const EXCERPT_CHARS = 2000;

/**
 * Reads event XML from bytes in chunks of any size: what `wevtutil qe /f:xml` prints (UTF-16 or UTF-8, with or without
 * a root element), what Event Viewer saves and what evtxexport prints. Never throws on input. A record that cannot
 * be understood is counted, kept for diagnosis and skipped; it never damages the next one.
 */
export class EventXmlReader {
  readonly #decoder = new EventTextDecoder();
  readonly #framer: EventFramer;
  readonly #interner = new Interner();
  readonly #layouts = new Layouts(this.#interner);
  readonly #maxSamples: number;
  #found: EventRecord[] = [];
  #events = 0;
  #bytes = 0;
  #brokenCount = 0;
  readonly #samples: BrokenRecord[] = [];

  constructor(options: EventXmlReaderOptions = {}) {
    this.#maxSamples = options.maxSamples ?? 20;
    this.#framer = new EventFramer(
      {
        quick: (text) => this.#take(this.#layouts.read(text), text),
        careful: (text) => this.#take(parseEventStrictly(text, this.#interner), text),
        broken: (reason, text) => this.#countBroken(reason, text),
      },
      options.maxEventChars ?? 1_048_576,
    );
  }

  /** Takes the next bytes; the records that they complete, in the order of the input. */
  push(chunk: Uint8Array): EventRecord[] {
    this.#bytes += chunk.length;
    this.#framer.push(this.#decoder.push(chunk));
    return this.#drain();
  }

  /** Takes the end of the input. A record without its end is broken. The reader is not used after this. */
  end(): EventRecord[] {
    this.#framer.push(this.#decoder.end());
    this.#framer.end();
    return this.#drain();
  }

  get broken(): { readonly count: number; readonly samples: readonly BrokenRecord[] } {
    return { count: this.#brokenCount, samples: this.#samples };
  }

  /** Good records so far. */
  get events(): number {
    return this.#events;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Undefined until the first bytes have told. */
  get encoding(): EventEncoding | undefined {
    return this.#decoder.encoding;
  }

  #drain(): EventRecord[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** False when the text was not understood as XML; what is XML but no event is broken all the same. */
  #take(raw: RawEvent | string | undefined, text: string): boolean {
    if (raw === undefined) return false;
    if (typeof raw === 'string') {
      this.#countBroken(raw, text);
      return false;
    }
    const record = toEventRecord(raw, this.#interner);
    if (typeof record === 'string') {
      this.#countBroken(record, text);
    } else {
      this.#events++;
      this.#found.push(record);
    }
    return true;
  }

  #countBroken(reason: string, text: string): void {
    this.#brokenCount++;
    if (this.#samples.length < this.#maxSamples) {
      this.#samples.push({ reason, excerpt: detached(text.slice(0, EXCERPT_CHARS)) });
    }
  }
}

/** Reads a whole stream of bytes; yields the records in batches as they come, never an empty batch. */
export async function* readEvents(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  reader = new EventXmlReader(),
): AsyncGenerator<EventRecord[], void, undefined> {
  for await (const chunk of source) {
    const records = reader.push(chunk);
    if (records.length > 0) yield records;
  }
  const last = reader.end();
  if (last.length > 0) yield last;
}
