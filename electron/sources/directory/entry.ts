import type { SearchEntry } from 'ldapts';
import type { Filetime } from '../../../shared/time';

/** An entry's values by attribute; absent, empty and of the wrong syntax are three things. */
export interface EntryReader {
  readonly dn: string;
  has(attribute: string): boolean;
  /** The first value as text; null: there is none, or it is no text. */
  text(attribute: string): string | null;
  texts(attribute: string): readonly string[];
  bytes(attribute: string): Buffer | null;
  /** Whole numbers of up to 64 bits without loss; null: absent or empty; `invalid` when it is no number. */
  integer(attribute: string): bigint | null | 'invalid';
}

const DIGITS = /^-?\d{1,20}$/;
const decoder = new TextDecoder('utf-8', { fatal: true });

const decode = (bytes: Buffer | undefined): string | null => {
  if (!bytes || bytes.length === 0) return null;
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
};

export function readEntry(entry: SearchEntry): EntryReader {
  const values = new Map<string, readonly Buffer[]>();
  for (const attribute of entry.attributes) {
    // `member;range=0-1499` is asked for as `member`.
    const name = (attribute.type.split(';', 1)[0] ?? '').toLowerCase();
    values.set(name, [...(values.get(name) ?? []), ...attribute.parsedBuffers]);
  }
  const all = (attribute: string): readonly Buffer[] => values.get(attribute.toLowerCase()) ?? [];
  return {
    dn: entry.name,
    has: (attribute) => all(attribute).length > 0,
    text: (attribute) => decode(all(attribute)[0]),
    texts: (attribute) => all(attribute).flatMap((bytes) => decode(bytes) ?? []),
    bytes: (attribute) => all(attribute)[0] ?? null,
    integer(attribute) {
      const bytes = all(attribute)[0];
      if (!bytes || bytes.length === 0) return null;
      const text = decode(bytes)?.trim() ?? '';
      return DIGITS.test(text) ? BigInt.asIntN(64, BigInt(text)) : 'invalid';
    },
  };
}

/** `S-1-5-21-...` from the bytes of `objectSid`; null when they are none. */
export function sidText(bytes: Buffer | null): string | null {
  if (!bytes || bytes.length < 8 || bytes[0] !== 1) return null;
  const count = bytes[1] ?? 0;
  if (bytes.length !== 8 + 4 * count || count > 15) return null;
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
  return ['S', 1, bytes.readUIntBE(2, 6), ...parts].join('-');
}

/** The bytes of a SID, for a filter; null when the text is none. */
export function sidBytes(text: string): Buffer | null {
  const match = /^S-1-(\d{1,15})((?:-\d{1,10}){1,15})$/i.exec(text);
  if (!match) return null;
  const parts = (match[2] ?? '').slice(1).split('-').map(Number);
  if (parts.some((part) => part > 0xffff_ffff)) return null;
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes[0] = 1;
  bytes[1] = parts.length;
  bytes.writeUIntBE(Number(match[1]), 2, 6);
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + 4 * index);
  return bytes;
}

/** `objectGUID` as Windows prints it. */
export function guidText(bytes: Buffer | null): string | null {
  if (bytes?.length !== 16) return null;
  const hex = (part: Buffer): string => part.toString('hex');
  const turned = (from: number, to: number): string => hex(Buffer.from(bytes.subarray(from, to)).reverse());
  return `${turned(0, 4)}-${turned(4, 6)}-${turned(6, 8)}-${hex(bytes.subarray(8, 10))}-${hex(bytes.subarray(10))}`;
}

const NEVER = 0x7fff_ffff_ffff_ffffn;

/** A stored instant: 0n never, `invalid` when it is none. "Never" in its other spelling is 0n too. */
export function instantOf(entry: EntryReader, attribute: string): Filetime | null | 'invalid' {
  const value = entry.integer(attribute);
  if (value === null || value === 'invalid') return value;
  if (value === NEVER || value === -1n) return 0n;
  return value < 0n ? 'invalid' : value;
}

/** `20261121235109.0Z` to milliseconds since 1970; null when it is no such time. */
export function generalizedTimeMs(text: string | null): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:[.,](\d+))?Z$/.exec(text ?? '');
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction] = match;
  const ms = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
  );
  return Number.isNaN(ms) ? null : ms;
}
