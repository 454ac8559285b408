import type { EventRecord } from '../../../../shared/evidence';
import { type Filetime, TICKS_PER_SECOND } from '../../../../shared/time';

/** The model puts right a disorder of this many record ids; channels may be apart by this much. */
const IDS_APART = 100;
const TIME_APART = 2n * TICKS_PER_SECOND;

interface Stream {
  highest: number;
  readonly times: Map<number, Filetime>;
}

/** Where the evidence of one computer stands in time. */
interface Progress {
  newest: Filetime;
  channel: string;
}

/** What a log holds, and whether it can be folded as it comes. */
export class Survey {
  /** All that were read, duplicates too. */
  events = 0;
  duplicates = 0;
  first: Filetime | null = null;
  last: Filetime | null = null;
  /** A channel does not ascend, or channels do not lie beside each other in time. */
  unordered = false;
  readonly byId = new Map<number, number>();
  readonly byChannel = new Map<string, number>();
  readonly #streams = new Map<string, Stream>();
  readonly #progress = new Map<string, Progress>();

  /** False when the very same record was there before. */
  add(event: EventRecord): boolean {
    const { computer, channel, recordId, time } = event;
    this.events++;
    this.byId.set(event.eventId, (this.byId.get(event.eventId) ?? 0) + 1);
    this.byChannel.set(channel, (this.byChannel.get(channel) ?? 0) + 1);
    const key = `${computer}\u0000${channel}`;
    let stream = this.#streams.get(key);
    if (!stream) {
      stream = { highest: recordId, times: new Map() };
      this.#streams.set(key, stream);
    }
    if (stream.times.get(recordId) === time) {
      this.duplicates++;
      return false;
    }
    stream.times.set(recordId, time);
    this.#order(event, stream);
    if (this.first === null || time < this.first) this.first = time;
    if (this.last === null || time > this.last) this.last = time;
    return true;
  }

  #order(event: EventRecord, stream: Stream): void {
    if (event.recordId < stream.highest - IDS_APART) this.unordered = true;
    const before = this.#progress.get(event.computer);
    // A clock set back shows in one channel with ascending ids: that is the order of the log, not disorder.
    const sameChannel = before?.channel === event.channel && event.recordId > stream.highest;
    if (before && !sameChannel && event.time < before.newest - TIME_APART) this.unordered = true;
    if (event.recordId > stream.highest) stream.highest = event.recordId;
    if (!before || event.time > before.newest) {
      this.#progress.set(event.computer, { newest: event.time, channel: event.channel });
    }
  }
}
