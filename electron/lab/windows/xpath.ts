import type { StoredEvent } from './event-log';

/** Decides whether an event matches; `now` is FILETIME by the instance's clock. */
export type EventFilter = (event: StoredEvent, now: bigint) => boolean;

/** Thrown for a query that Windows would call invalid. */
export class InvalidQuery extends Error {}

type Scope = 'event' | 'system' | 'eventData' | 'time' | 'provider' | 'data';
type Value = bigint | string | undefined;
type Reader = (event: StoredEvent, now: bigint) => Value;

const MAX_EXPRESSIONS = 20;
const TOKEN = /\s*(?:(<=|>=|!=|[=<>()[\],/*]|@?[A-Za-z_][\w.-]*)|(0x[0-9a-fA-F]+|\d+)|'([^']*)'|"([^"]*)")/y;

interface Token {
  readonly kind: 'word' | 'number' | 'text';
  readonly text: string;
}

function tokenise(query: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = query.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(query);
    if (!match) throw new InvalidQuery(query);
    const [, word, number, single, double] = match;
    if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else tokens.push({ kind: 'text', text: single ?? double ?? '' });
  }
  return tokens;
}

const filetimeOf = (text: string): bigint => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new InvalidQuery(text);
  return BigInt(ms) * 10_000n + 116_444_736_000_000_000n;
};

const systemReaders: Record<string, Reader> = {
  EventID: (event) => BigInt(event.eventId),
  EventRecordID: (event) => BigInt(event.recordId),
  Level: (event) => BigInt(event.level),
  Task: (event) => BigInt(event.task),
  Keywords: (event) => event.keywords,
  Channel: (event) => event.channel,
  Computer: (event) => event.computer,
};

function compare(left: Value, operator: string, right: bigint | string): boolean {
  if (left === undefined) return operator === '!=';
  const a = typeof right === 'bigint' && typeof left === 'string' ? toNumber(left) : left;
  if (a === undefined) return false;
  switch (operator) {
    case '=':
      return a === right;
    case '!=':
      return a !== right;
    case '<':
      return a < right;
    case '<=':
      return a <= right;
    case '>':
      return a > right;
    default:
      return a >= right;
  }
}

const toNumber = (text: string): bigint | undefined =>
  /^(0x[0-9a-f]+|\d+)$/i.test(text) ? BigInt(text) : undefined;

/** The subset of XPath 1.0 that the event log understands. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #expressions = 0;

  constructor(query: string) {
    this.#tokens = tokenise(query);
  }

  query(): EventFilter {
    this.#expect('*');
    const filters: EventFilter[] = [];
    while (this.#take('[')) {
      filters.push(this.#or('event'));
      this.#expect(']');
    }
    if (this.#at < this.#tokens.length) throw new InvalidQuery('rest');
    return (event, now) => filters.every((filter) => filter(event, now));
  }

  #or(scope: Scope): EventFilter {
    const terms = [this.#and(scope)];
    while (this.#take('or')) terms.push(this.#and(scope));
    return (event, now) => terms.some((term) => term(event, now));
  }

  #and(scope: Scope): EventFilter {
    const terms = [this.#term(scope)];
    while (this.#take('and')) terms.push(this.#term(scope));
    return (event, now) => terms.every((term) => term(event, now));
  }

  #term(scope: Scope): EventFilter {
    if (this.#take('(')) {
      const inner = this.#or(scope);
      this.#expect(')');
      return inner;
    }
    const word = this.#word();
    if (scope === 'event' && (word === 'System' || word === 'EventData')) {
      const inside = word === 'System' ? 'system' : 'eventData';
      if (this.#take('/')) return this.#term(inside);
      return this.#bracketed(inside);
    }
    if (scope === 'system' && word === 'TimeCreated') return this.#bracketed('time');
    if (scope === 'system' && word === 'Provider') return this.#bracketed('provider');
    if (scope === 'eventData' && word === 'Data') return this.#data();
    return this.#comparison(this.#reader(scope, word), scope === 'time' && word === '@SystemTime');
  }

  #bracketed(scope: Scope): EventFilter {
    this.#expect('[');
    const inner = this.#or(scope);
    this.#expect(']');
    return inner;
  }

  #data(): EventFilter {
    if (!this.#take('[')) return this.#comparison((event) => Object.values(event.data)[0]);
    this.#expect('@Name');
    this.#expect('=');
    const name = this.#next();
    if (name.kind !== 'text') throw new InvalidQuery('name');
    let inside: EventFilter | undefined;
    if (this.#take('and')) throw new InvalidQuery('and');
    this.#expect(']');
    if (this.#operatorNext()) inside = this.#comparison((event) => event.data[name.text]);
    return inside ?? ((event) => event.data[name.text] !== undefined);
  }

  #reader(scope: Scope, word: string): Reader {
    if (scope === 'time' && word === 'timediff') {
      this.#expect('(');
      this.#expect('@SystemTime');
      this.#expect(')');
      return (event, now) => (now - event.time) / 10_000n;
    }
    if (scope === 'time' && word === '@SystemTime') return (event) => event.time;
    if (scope === 'provider' && word === '@Name') return (event) => event.provider;
    if (scope === 'system' && word === 'band') {
      this.#expect('(');
      this.#expect('Keywords');
      this.#expect(',');
      const mask = BigInt(this.#next().text);
      this.#expect(')');
      return (event) => event.keywords & mask;
    }
    const reader = scope === 'system' ? systemReaders[word] : undefined;
    if (!reader) throw new InvalidQuery(word);
    return reader;
  }

  #comparison(read: Reader, isTime = false): EventFilter {
    this.#expressions += 1;
    if (this.#expressions > MAX_EXPRESSIONS) throw new InvalidQuery('too many expressions');
    if (!this.#operatorNext()) return (event, now) => Boolean(read(event, now));
    const operator = this.#next().text;
    const token = this.#next();
    if (token.kind === 'word') throw new InvalidQuery(token.text);
    const right = isTime ? filetimeOf(token.text) : token.kind === 'number' ? BigInt(token.text) : token.text;
    return (event, now) => compare(read(event, now), operator, right);
  }

  #operatorNext(): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'word' && /^(<=|>=|!=|=|<|>)$/.test(token.text);
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw new InvalidQuery('end');
    return token;
  }

  #word(): string {
    const token = this.#next();
    if (token.kind !== 'word' || !/^@?[A-Za-z_]/.test(token.text)) throw new InvalidQuery(token.text);
    return token.text;
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw new InvalidQuery(`expected ${text}`);
  }
}

/** Compiles a query such as `*[System[EventID=4625 and EventRecordID>7]]`. Throws `InvalidQuery`. */
export const compileQuery = (query: string): EventFilter => new Parser(query).query();
