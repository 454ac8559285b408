import type { EventRecord } from '../../../shared/evidence';
import { filetimeFromIso } from '../../../shared/time';
import type { Interner } from './intern';

/** The texts of one event as they stand in its XML; absent ones are empty. */
export interface RawEvent {
  provider: string;
  eventId: string;
  task: string;
  keywords: string;
  systemTime: string;
  recordId: string;
  channel: string;
  computer: string;
  data: Record<string, string>;
}

export const emptyRawEvent = (): RawEvent => ({
  provider: '',
  eventId: '',
  task: '',
  keywords: '',
  systemTime: '',
  recordId: '',
  channel: '',
  computer: '',
  data: {},
});

const DIGITS = /^\d{1,15}$/;
const MASK = /^0x[0-9a-f]{1,16}$/i;
const masks = new Map<string, bigint>();

function keywordsMask(text: string): bigint | undefined {
  if (text === '') return 0n;
  const known = masks.get(text);
  if (known !== undefined) return known;
  if (!MASK.test(text)) return undefined;
  const mask = BigInt(text);
  if (masks.size < 256) masks.set(text, mask);
  return mask;
}

/**
 * Checks the texts of one event and turns them into a record; a string says why it is none.
 * Keywords and Task may be missing; what a bookmark and the order of evidence rest on may not.
 */
export function toEventRecord(raw: RawEvent, interner: Interner): EventRecord | string {
  const eventId = raw.eventId.trim();
  if (!DIGITS.test(eventId)) return 'EventID is missing or not a number';
  const recordId = raw.recordId.trim();
  if (!DIGITS.test(recordId)) return 'EventRecordID is missing or not a number';
  const time = filetimeFromIso(raw.systemTime);
  if (time === undefined) return 'TimeCreated is missing or not a time';
  const channel = raw.channel.trim();
  if (channel === '') return 'Channel is missing';
  const computer = raw.computer.trim();
  if (computer === '') return 'Computer is missing';
  const keywords = keywordsMask(raw.keywords.trim());
  if (keywords === undefined) return 'Keywords is not a mask';
  const task = raw.task.trim();
  if (task !== '' && !DIGITS.test(task)) return 'Task is not a number';
  return {
    computer: interner.keep(computer),
    channel: interner.keep(channel),
    provider: interner.keep(raw.provider),
    recordId: Number(recordId),
    eventId: Number(eventId),
    time,
    keywords,
    task: Number(task),
    data: raw.data,
  };
}

/** Sets a field without letting a name such as `__proto__` reach beyond the object's own properties. */
export function setField(data: Record<string, string>, name: string, value: string): void {
  if (name === '__proto__') {
    Object.defineProperty(data, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    data[name] = value;
  }
}
