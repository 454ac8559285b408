import { normalName } from './domain/names';
import type { Entry, Value } from './domain/tree';
import { sidBytes } from './domain/values';
import type { Filter } from './protocol/filter';

/** Matching rules of [MS-ADTS] 3.1.1.3.4.4: every bit of the value set, or any of them. */
const BIT_AND = '1.2.840.113556.1.4.803';
const BIT_OR = '1.2.840.113556.1.4.804';

const BINARY = new Set(['objectsid', 'objectguid', 'invocationid']);
const NAMES = new Set([
  'distinguishedname',
  'memberof',
  'member',
  'objectcategory',
  'fsmoroleowner',
  'serverreference',
  'serverreferencebl',
  'msds-resultantpso',
  'msds-psoappliesto',
  'ncname',
  'hasmasterncs',
  'msds-hasmasterncs',
]);
/** Worked out at reading, so nothing can be searched by them. */
const COMPUTED =
  /^msds-(user-account-control-computed|resultantpso|userpasswordexpirytimecomputed|principalname)$/;

const whole = (text: string): bigint | undefined => (/^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined);

/** Whether an entry fits a filter. What an entry does not have fits nothing but a negation. */
export function matches(entry: Entry, filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matches(entry, part));
    case 'or':
      return filter.parts.some((part) => matches(entry, part));
    case 'not':
      return !matches(entry, filter.part);
    case 'present':
      return valuesOf(entry, filter.attribute).length > 0;
    case 'equal':
      return valuesOf(entry, filter.attribute).some((value) => equals(filter.attribute, value, filter.value));
    case 'atLeast':
    case 'atMost':
      return valuesOf(entry, filter.attribute).some((value) => {
        const order = compare(value, filter.value.toString('utf8'));
        return filter.kind === 'atLeast' ? order >= 0 : order <= 0;
      });
    case 'substrings':
      return valuesOf(entry, filter.attribute).some((value) => fitsPieces(value, filter));
    case 'extensible':
      return fitsBits(entry, filter);
  }
}

const valuesOf = (entry: Entry, attribute: string): readonly Value[] =>
  COMPUTED.test(attribute.toLowerCase()) ? [] : entry.attribute(attribute);

function equals(attribute: string, value: Value, wanted: Buffer): boolean {
  const name = attribute.toLowerCase();
  if (BINARY.has(name) && Buffer.isBuffer(value)) {
    const text = wanted.toString('latin1');
    return value.equals(name === 'objectsid' && /^S-1-\d+(-\d+)+$/.test(text) ? sidBytes(text) : wanted);
  }
  const [held, asked] = [value.toString(), wanted.toString('utf8')];
  if (NAMES.has(name)) {
    // A class may be named without its place in the schema.
    if (name === 'objectcategory' && !asked.includes('=')) {
      const [, short] = /^CN=([^,]+)/i.exec(held) ?? [];
      return short?.toLowerCase() === (asked.toLowerCase() === 'user' ? 'person' : asked.toLowerCase());
    }
    return normalName(held) === normalName(asked);
  }
  return compare(held, asked) === 0;
}

/** By number where both are numbers, otherwise by letter, case aside. */
function compare(value: Value, asked: string): number {
  const held = value.toString();
  const [a, b] = [whole(held), whole(asked)];
  if (a !== undefined && b !== undefined) return a < b ? -1 : a > b ? 1 : 0;
  const [one, other] = [held.toLowerCase(), asked.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}

function fitsPieces(value: Value, filter: Extract<Filter, { kind: 'substrings' }>): boolean {
  const text = value.toString().toLowerCase();
  const lower = (piece: Buffer) => piece.toString('utf8').toLowerCase();
  const start = filter.start ? lower(filter.start) : '';
  const end = filter.end ? lower(filter.end) : '';
  if (!text.startsWith(start)) return false;
  let at = start.length;
  for (const piece of filter.middle.map(lower)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - end.length >= at && text.endsWith(end);
}

function fitsBits(entry: Entry, filter: Extract<Filter, { kind: 'extensible' }>): boolean {
  const { rule, attribute } = filter;
  const mask = whole(filter.value.toString('latin1'));
  if (attribute === null || mask === undefined || (rule !== BIT_AND && rule !== BIT_OR)) return false;
  return valuesOf(entry, attribute).some((value) => {
    const held = whole(value.toString());
    if (held === undefined) return false;
    return rule === BIT_AND ? (held & mask) === mask : (held & mask) !== 0n;
  });
}
