import type { EventRecord } from '../../shared/evidence';
import { applyEvents, type InstanceModel } from '../lockout';
import type { BrokenNote, StoredRecord } from '../storage/evidence-types';
import { storedRecord } from './stored-record';

export interface Folded {
  readonly model: InstanceModel;
  readonly records: readonly StoredRecord[];
  /** Events that the model could not take. */
  readonly broken: readonly BrokenNote[];
}

/** Few enough that both records of one attempt are still in the model's trail when they are looked up. */
const FOLD_CHUNK = 24;

/** Folds events in their order into the model, and says what is to be stored of each. */
export function foldAll(before: InstanceModel, events: readonly EventRecord[]): Folded {
  let model = before;
  const records: StoredRecord[] = [];
  const broken: BrokenNote[] = [];
  let waiting: readonly EventRecord[] = [];
  // A chunk is told when the next one is in as well: the second record of an attempt may begin it.
  const tell = (): void => {
    for (const event of waiting) records.push(storedRecord(event, model));
  };
  for (let start = 0; start < events.length; start += FOLD_CHUNK) {
    const chunk = foldChunk(model, events.slice(start, start + FOLD_CHUNK));
    model = chunk.model;
    broken.push(...chunk.broken);
    tell();
    waiting = chunk.taken;
  }
  tell();
  return { model, records, broken };
}

/** What throws is a bug of ours; one event must not keep all that follow it out of the model for ever. */
function foldChunk(
  before: InstanceModel,
  events: readonly EventRecord[],
): { model: InstanceModel; taken: readonly EventRecord[]; broken: readonly BrokenNote[] } {
  const whole = attempt(before, events);
  if (whole) return { model: whole, taken: events, broken: [] };
  let model = before;
  const taken: EventRecord[] = [];
  const broken: BrokenNote[] = [];
  for (const event of events) {
    const next = attempt(model, [event]);
    if (next) {
      model = next;
      taken.push(event);
    } else broken.push(brokenNote(event));
  }
  return { model, taken, broken };
}

function attempt(model: InstanceModel, events: readonly EventRecord[]): InstanceModel | undefined {
  try {
    return applyEvents(model, events);
  } catch {
    return undefined;
  }
}

/** Which event it was; its values may be what it failed at. */
const brokenNote = (event: EventRecord): BrokenNote => ({
  channel: event.channel,
  reason: 'notUnderstood',
  excerpt: `${event.provider} ${event.eventId} #${event.recordId}`,
});
