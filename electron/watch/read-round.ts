import type { AppError } from '../../shared/errors';
import { CHANNELS, type EventRecord } from '../../shared/evidence';
import { TICKS_PER_SECOND } from '../../shared/time';
import type { EventBatch, InstanceSession } from '../sources/source';
import type { BrokenNote, StreamBookmark } from '../storage/evidence-types';
import type { BrokenTail } from './broken-tail';
import type { Clock } from './clock';
import { within } from './deadline';
import type { Taking } from './instance-evidence';
import { TUNING } from './tuning';
import { HINT_CHANNELS, lacksAddress } from './watched-events';

export interface RoundRequest {
  readonly clock: Clock;
  readonly session: Pick<InstanceSession, 'readEvents'>;
  readonly signal: AbortSignal;
  readonly securityEvents: readonly number[];
  /** Channels that this instance has. */
  readonly hintChannels: ReadonlySet<string>;
  /** Read the other channels even if nothing asks for them. */
  readonly withHints: boolean;
  readonly bookmark: (channel: string) => StreamBookmark | undefined;
  /** How far back a channel without a bookmark is read, in milliseconds. */
  readonly sinceMs: (channel: string) => number;
  readonly limit: number;
  readonly brokenTails: ReadonlyMap<string, BrokenTail>;
}

export interface Round extends Taking {
  /** False: Security holds more than this round took. */
  readonly complete: boolean;
  readonly hintsRead: boolean;
  /** Channels that do not exist or may not be read: they are left alone for the rest of the connection. */
  readonly missing: readonly string[];
  /** Why it ended early. What came before is evidence all the same. */
  readonly failure: AppError | null;
}

/** Hints this long after the last failure may still speak of it. */
const REACH = 10n * TICKS_PER_SECOND;

/**
 * One look at an instance: a stretch of Security, and of the other channels what belongs to the same time, when a
 * failure came without an address. Everything it returns can be stored with its bookmarks in one transaction.
 */
export async function readRound(request: RoundRequest): Promise<Round> {
  const events: EventRecord[] = [];
  const bookmarks = new Map<string, StreamBookmark>();
  const broken: BrokenNote[] = [];
  const missing: string[] = [];
  let brokenCount = 0;
  let open = true;

  async function readChannel(
    channel: string,
    eventIds: readonly number[],
    until: bigint | null,
  ): Promise<{ complete: boolean; failure: AppError | null }> {
    const from = bookmarks.get(channel) ?? request.bookmark(channel);
    let passed = false;
    const onBatch = (batch: EventBatch): void => {
      if (!open) return;
      const fresh = request.brokenTails.get(channel)?.fresh(batch.broken) ?? batch.broken;
      brokenCount += fresh.count;
      for (const sample of fresh.samples) broken.push({ ...sample, channel });
      for (const event of batch.events) {
        if (passed) return;
        if (until !== null && event.time > until) {
          passed = true;
          return;
        }
        const last = bookmarks.get(channel) ?? from;
        if (isKnown(event, last)) continue;
        events.push(event);
        bookmarks.set(channel, {
          computer: event.computer,
          channel,
          recordId: event.recordId,
          time: event.time,
        });
      }
    };
    const started = from !== undefined && from.recordId > 0;
    const result = await within(request.clock, TUNING.eventsMs, request.signal, (signal) =>
      request.session.readEvents(
        {
          channel,
          eventIds,
          afterRecordId: started ? from.recordId : undefined,
          sinceMs: started ? undefined : request.sinceMs(channel),
          limit: request.limit,
          signal,
        },
        onBatch,
      ),
    );
    if (!result.ok) return { complete: false, failure: result.error };
    return { complete: result.value.complete || passed, failure: null };
  }

  const security = await readChannel(CHANNELS.security, request.securityEvents, null);
  let failure = security.failure;
  const wanted = request.withHints || events.some(lacksAddress);
  const last = events.at(-1);
  // While Security is behind, hints that speak of later failures wait for these.
  const until = security.complete || !last ? null : last.time + REACH;
  if (failure === null && wanted) {
    for (const { channel, eventIds } of HINT_CHANNELS) {
      if (!request.hintChannels.has(channel)) continue;
      const read = await readToEnd(() => readChannel(channel, eventIds, until));
      if (read.failure?.code.startsWith('windows.')) missing.push(channel);
      else if (read.failure) {
        failure = read.failure;
        break;
      }
    }
  }
  open = false;
  return {
    events,
    bookmarks,
    broken,
    brokenCount,
    complete: security.complete && failure === null,
    hintsRead: wanted && failure === null,
    missing,
    failure,
  };
}

/** After a rebuilt log the ids begin anew: its bookmark has no id, and what is not newer has been seen. */
const isKnown = (event: EventRecord, last: StreamBookmark | undefined): boolean =>
  last !== undefined && (last.recordId === 0 ? event.time <= last.time : event.recordId <= last.recordId);

const MOST_HINT_READS = 20;

async function readToEnd(
  read: () => Promise<{ complete: boolean; failure: AppError | null }>,
): Promise<{ failure: AppError | null }> {
  for (let turn = 0; turn < MOST_HINT_READS; turn += 1) {
    const { complete, failure } = await read();
    if (failure || complete) return { failure };
  }
  return { failure: null };
}
