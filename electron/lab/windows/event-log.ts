/** A stored event: what the queries look at, and its XML as wevtutil prints it. */
export interface StoredEvent {
  readonly recordId: number;
  readonly eventId: number;
  /** FILETIME: 100 ns ticks since 1601. */
  readonly time: bigint;
  readonly provider: string;
  readonly level: number;
  readonly task: number;
  readonly keywords: bigint;
  readonly channel: string;
  readonly computer: string;
  readonly data: Readonly<Record<string, string>>;
  readonly xml: string;
}

/**
 * One channel's log: record ids go up by one and survive a clear; when the log is full the oldest records make way.
 */
export class EventLog {
  readonly channel: string;
  #capacity: number;
  #nextId: number;
  #events: StoredEvent[] = [];

  constructor(channel: string, capacity: number, firstRecordId: number) {
    this.channel = channel;
    this.#capacity = capacity;
    this.#nextId = firstRecordId;
  }

  append(build: (recordId: number) => StoredEvent): StoredEvent {
    const event = build(this.#nextId++);
    this.#events.push(event);
    // Trimmed in batches, so that a full log does not move every record at every append.
    if (this.#events.length >= this.#capacity + 256) this.#trim();
    return event;
  }

  /** Oldest first. */
  events(): readonly StoredEvent[] {
    this.#trim();
    return this.#events;
  }

  clear(): void {
    this.#events = [];
  }

  /** A rebuilt log: empty, and counting from 1 again. */
  rebuild(): void {
    this.#events = [];
    this.#nextId = 1;
  }

  resize(capacity: number): void {
    this.#capacity = capacity;
    this.#trim();
  }

  #trim(): void {
    if (this.#events.length > this.#capacity) this.#events.splice(0, this.#events.length - this.#capacity);
  }
}
