import { BerError, type BerReader } from './ber';

/** A search filter, RFC 4511 4.5.1.7. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'present'; readonly attribute: string }
  | {
      readonly kind: 'equal' | 'atLeast' | 'atMost';
      readonly attribute: string;
      readonly value: Buffer;
    }
  | {
      readonly kind: 'substrings';
      readonly attribute: string;
      readonly start: Buffer | null;
      readonly middle: readonly Buffer[];
      readonly end: Buffer | null;
    }
  | {
      readonly kind: 'extensible';
      readonly rule: string | null;
      readonly attribute: string | null;
      readonly value: Buffer;
    };

const comparisons = { 163: 'equal', 165: 'atLeast', 166: 'atMost', 168: 'equal' } as const;

/** Reads the next filter. Approximate match is equality, as RFC 4511 lets a server have it. */
export function readFilter(reader: BerReader): Filter {
  const { tag, content } = reader.next();
  const inside = reader.within(content);
  switch (tag) {
    case 0xa0:
    case 0xa1: {
      const parts: Filter[] = [];
      while (!inside.empty) parts.push(readFilter(inside));
      return { kind: tag === 0xa0 ? 'and' : 'or', parts };
    }
    case 0xa2:
      return { kind: 'not', part: readFilter(inside) };
    case 0x87:
      return { kind: 'present', attribute: content.toString('utf8') };
    case 0xa3:
    case 0xa5:
    case 0xa6:
    case 0xa8:
      return {
        kind: comparisons[tag],
        attribute: inside.text(),
        value: inside.next(0x04).content,
      };
    case 0xa4:
      return readSubstrings(inside);
    case 0xa9:
      return readExtensible(inside);
    default:
      throw new BerError(`filter ${tag}`);
  }
}

function readSubstrings(inside: BerReader): Filter {
  const attribute = inside.text();
  const pieces = inside.inside(0x30);
  let start: Buffer | null = null;
  let end: Buffer | null = null;
  const middle: Buffer[] = [];
  while (!pieces.empty) {
    const { tag, content } = pieces.next();
    if (tag === 0x80) start = content;
    else if (tag === 0x82) end = content;
    else if (tag === 0x81) middle.push(content);
    else throw new BerError(`substring ${tag}`);
  }
  return { kind: 'substrings', attribute, start, middle, end };
}

function readExtensible(inside: BerReader): Filter {
  let rule: string | null = null;
  let attribute: string | null = null;
  let value = Buffer.alloc(0);
  while (!inside.empty) {
    const { tag, content } = inside.next();
    if (tag === 0x81) rule = content.toString('utf8');
    else if (tag === 0x82) attribute = content.toString('utf8');
    else if (tag === 0x83) value = Buffer.from(content);
    else if (tag !== 0x84) throw new BerError(`match ${tag}`);
  }
  return { kind: 'extensible', rule, attribute, value };
}
