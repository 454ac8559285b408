import type { EventRecord } from '../../../../shared/evidence';
import { EventXmlReader, type EventXmlReaderOptions } from '../reader';

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
export const utf16le = (text: string): Uint8Array => Buffer.from(text, 'utf16le');
export const utf16be = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16();

/** Reads bytes cut at the given positions. */
export function readAll(
  bytes: Uint8Array,
  cuts: readonly number[] = [],
  options: EventXmlReaderOptions = {},
): { records: EventRecord[]; reader: EventXmlReader } {
  const reader = new EventXmlReader(options);
  const records: EventRecord[] = [];
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b).concat(bytes.length)) {
    records.push(...reader.push(bytes.subarray(from, cut)));
    from = cut;
  }
  records.push(...reader.end());
  return { records, reader };
}

export const everyNth = (length: number, step: number): number[] =>
  Array.from({ length: Math.floor(length / step) }, (_, index) => (index + 1) * step);
