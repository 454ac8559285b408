import { BerError, BerReader, element, octets, sequence, whole } from './ber';
import { type Filter, readFilter } from './filter';

export interface Control {
  readonly id: string;
  readonly critical: boolean;
  readonly value: Buffer | null;
}

export interface SearchRequest {
  readonly kind: 'search';
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  /** Entries; 0: no limit of the client's own. */
  readonly sizeLimit: number;
  /** Seconds; 0: none. */
  readonly timeLimit: number;
  readonly typesOnly: boolean;
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

export type Request =
  | { readonly kind: 'bind'; readonly name: string; readonly password: Buffer | null }
  | { readonly kind: 'unbind' }
  | SearchRequest
  | { readonly kind: 'modify'; readonly name: string; readonly changes: readonly Change[] }
  | { readonly kind: 'abandon' }
  | { readonly kind: 'extended'; readonly name: string }
  /** Known to LDAP, not to this server; the answer's tag. */
  | { readonly kind: 'other'; readonly answer: number };

export interface Change {
  readonly operation: 'add' | 'delete' | 'replace';
  readonly attribute: string;
  readonly values: readonly Buffer[];
}

export interface Message {
  readonly id: number;
  readonly request: Request;
  readonly controls: readonly Control[];
}

/** What an operation comes to, RFC 4511 4.1.9. */
export const RESULT = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  authMethodNotSupported: 7,
  strongerAuthRequired: 8,
  referral: 10,
  unavailableCriticalExtension: 12,
  noSuchAttribute: 16,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  unwillingToPerform: 53,
} as const;

export interface Outcome {
  readonly code: number;
  readonly text?: string;
  readonly matched?: string;
  readonly referral?: string;
}

const SCOPES = ['base', 'one', 'sub'] as const;
const OPERATIONS = ['add', 'delete', 'replace'] as const;

/** Reads one message. Throws BerError for what is none. */
export function readMessage(data: Buffer): Message {
  const message = new BerReader(data).inside(0x30);
  const id = message.number();
  const request = readRequest(message);
  const controls: Control[] = [];
  if (message.tag === 0xa0) {
    const listed = message.inside(0xa0);
    while (!listed.empty) controls.push(readControl(listed.inside(0x30)));
  }
  return { id, request, controls };
}

function readControl(reader: BerReader): Control {
  const id = reader.text();
  const critical = reader.tag === 0x01 ? reader.truth() : false;
  return { id, critical, value: reader.tag === 0x04 ? reader.next().content : null };
}

function readRequest(message: BerReader): Request {
  const { tag, content } = message.next();
  const inside = message.within(content);
  switch (tag) {
    case 0x60: {
      inside.number();
      const name = inside.text();
      return { kind: 'bind', name, password: inside.tag === 0x80 ? inside.next().content : null };
    }
    case 0x42:
      return { kind: 'unbind' };
    case 0x63:
      return readSearch(inside);
    case 0x66:
      return readModify(inside);
    case 0x50:
      // Answers are sent at once: what could be abandoned is over already.
      return { kind: 'abandon' };
    case 0x77:
      return { kind: 'extended', name: inside.text(0x80) };
    case 0x68:
    case 0x6c:
    case 0x6e:
      return { kind: 'other', answer: tag + 1 };
    case 0x4a:
      return { kind: 'other', answer: 0x6b };
    default:
      throw new BerError(`request ${tag}`);
  }
}

function readSearch(inside: BerReader): SearchRequest {
  const base = inside.text();
  const scope = SCOPES[inside.number(0x0a)];
  if (!scope) throw new BerError('scope');
  inside.number(0x0a);
  const sizeLimit = inside.number();
  const timeLimit = inside.number();
  const typesOnly = inside.truth();
  const filter = readFilter(inside);
  const listed = inside.inside(0x30);
  const attributes: string[] = [];
  while (!listed.empty) attributes.push(listed.text());
  return { kind: 'search', base, scope, sizeLimit, timeLimit, typesOnly, filter, attributes };
}

function readModify(inside: BerReader): Request {
  const name = inside.text();
  const listed = inside.inside(0x30);
  const changes: Change[] = [];
  while (!listed.empty) {
    const change = listed.inside(0x30);
    const operation = OPERATIONS[change.number(0x0a)];
    if (!operation) throw new BerError('operation');
    const attribute = change.inside(0x30);
    const type = attribute.text();
    const set = attribute.inside(0x31);
    const values: Buffer[] = [];
    while (!set.empty) values.push(set.next(0x04).content);
    changes.push({ operation, attribute: type, values });
  }
  return { kind: 'modify', name, changes };
}

/** Tags of the answers. */
export const ANSWER = { bind: 0x61, searchDone: 0x65, modify: 0x67, extended: 0x78 } as const;

export function writeMessage(id: number, operation: Buffer, controls: readonly Buffer[] = []): Buffer {
  const listed = controls.length > 0 ? [element(0xa0, ...controls)] : [];
  return sequence(whole(id), operation, ...listed);
}

export function writeOutcome(tag: number, outcome: Outcome, ...more: readonly Buffer[]): Buffer {
  const { code, text = '', matched = '', referral } = outcome;
  const referrals = referral === undefined ? [] : [element(0xa3, octets(referral))];
  return element(tag, whole(code, 0x0a), octets(matched), octets(text), ...referrals, ...more);
}

export interface WrittenAttribute {
  readonly name: string;
  readonly values: readonly Buffer[];
}

export const writeEntry = (dn: string, attributes: readonly WrittenAttribute[]): Buffer =>
  element(
    0x64,
    octets(dn),
    sequence(
      ...attributes.map(({ name, values }) =>
        sequence(octets(name), element(0x31, ...values.map((value) => octets(value)))),
      ),
    ),
  );

export const writeReference = (url: string): Buffer => element(0x73, octets(url));

export const PAGED_RESULTS = '1.2.840.113556.1.4.319';

export function readPagedResults(value: Buffer | null): { size: number; cookie: string } {
  const reader = new BerReader(value ?? Buffer.alloc(0)).inside(0x30);
  return { size: reader.number(), cookie: reader.text() };
}

export const writePagedResults = (cookie: string): Buffer =>
  sequence(octets(PAGED_RESULTS), octets(sequence(whole(0), octets(cookie))));
