import { decodeEntities } from './entities';
import type { Interner } from './intern';
import { emptyRawEvent, type RawEvent, setField } from './record';

/**
 * The form in which Windows writes nearly every event: one namespace, a flat System, a flat EventData, no CDATA,
 * comments or rendering. Measured (bench/events.ts), the parsing libraries alone take up the time that parsing,
 * storing and modelling have together; this scanner takes a fraction. It accepts only what it fully understands:
 * for anything else it says undefined, and the library decides (strict.ts).
 */
const S = '[ \\t\\r\\n]';
const VALUE = `(?:'([^'<&\\t\\r\\n]*)'|"([^"<&\\t\\r\\n]*)")`;
const UNCAPTURED = `(?:'[^'<&\\t\\r\\n]*'|"[^"<&\\t\\r\\n]*")`;
const OPEN = new RegExp(`<Event(?:${S}+xmlns${S}*=${S}*${VALUE})?${S}*>${S}*<System${S}*>`, 'y');
const CHILD = new RegExp(
  `${S}*<(?!Event[ \\t\\r\\n>/])([A-Za-z]+)((?:${S}+[A-Za-z]+${S}*=${S}*${UNCAPTURED})*)${S}*(?:/>|>([^<]*)</\\1${S}*>)`,
  'y',
);
const ATTRIBUTE = new RegExp(`${S}+([A-Za-z]+)${S}*=${S}*${VALUE}`, 'y');
const SYSTEM_TO_DATA = new RegExp(`${S}*</System${S}*>${S}*<EventData${S}*(/?)>`, 'y');
const DATA = new RegExp(`${S}*<Data(?:${S}+Name${S}*=${S}*${VALUE})?${S}*(?:/>|>([^<]*)</Data${S}*>)`, 'y');
const CLOSE_DATA = new RegExp(`${S}*</EventData${S}*>`, 'y');
const CLOSE = new RegExp(`${S}*</Event${S}*>$`, 'y');
const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The wanted attribute's value, '' when absent; undefined when an attribute stands twice. */
function attribute(attributes: string, wanted: string): string | undefined {
  const seen: string[] = [];
  let value = '';
  for (let at = 0; at < attributes.length; at = ATTRIBUTE.lastIndex) {
    const match = matchAt(ATTRIBUTE, attributes, at);
    const name = match?.[1];
    if (match === null || name === undefined || seen.includes(name)) return undefined;
    seen.push(name);
    if (name === wanted) value = match[2] ?? match[3] ?? '';
  }
  return value;
}

class Scan {
  readonly raw: RawEvent = emptyRawEvent();
  #at = 0;
  readonly #references: boolean;
  readonly #returns: boolean;

  constructor(
    readonly text: string,
    readonly interner: Interner,
  ) {
    this.#references = text.includes('&');
    this.#returns = text.includes('\r');
  }

  run(): RawEvent | undefined {
    if (this.text.includes(']]>')) return undefined;
    const open = this.#take(OPEN);
    const namespace = open?.[1] ?? open?.[2];
    if (!open || (namespace !== undefined && namespace !== NAMESPACE)) return undefined;
    if (!this.#system()) return undefined;
    const toData = this.#take(SYSTEM_TO_DATA);
    if (!toData) return undefined;
    if (toData[1] === '' && !this.#eventData()) return undefined;
    return this.#take(CLOSE) ? this.raw : undefined;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    const match = matchAt(pattern, this.text, this.#at);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #value(written: string): string | undefined {
    let value: string | undefined = written;
    if (this.#returns && value.includes('\r')) value = value.replace(/\r\n?/g, '\n');
    if (this.#references && value.includes('&')) value = decodeEntities(value);
    return value === undefined ? undefined : this.interner.keep(value);
  }

  #system(): boolean {
    for (let child = this.#take(CHILD); child; child = this.#take(CHILD)) {
      const attributes = child[2] ?? '';
      const text = this.#value(child[3] ?? '');
      if (text === undefined || !this.#field(child[1] ?? '', attributes, text)) return false;
    }
    return true;
  }

  #field(name: string, attributes: string, text: string): boolean {
    const raw = this.raw;
    let wanted = '';
    if (name === 'EventID') raw.eventId = text;
    else if (name === 'Task') raw.task = text;
    else if (name === 'Keywords') raw.keywords = text;
    else if (name === 'EventRecordID') raw.recordId = text;
    else if (name === 'Channel') raw.channel = text;
    else if (name === 'Computer') raw.computer = text;
    else if (name === 'Provider') wanted = 'Name';
    else if (name === 'TimeCreated') wanted = 'SystemTime';
    if (attributes === '') return true;
    const value = attribute(attributes, wanted);
    if (value === undefined) return false;
    if (name === 'Provider') raw.provider = value;
    else if (name === 'TimeCreated') raw.systemTime = value;
    return true;
  }

  #eventData(): boolean {
    let unnamed = 0;
    for (let item = this.#take(DATA); item; item = this.#take(DATA)) {
      const value = this.#value(item[3] ?? '');
      if (value === undefined) return false;
      const name = item[1] ?? item[2];
      setField(this.raw.data, name ?? `#${unnamed++}`, value);
    }
    return this.#take(CLOSE_DATA) !== null;
  }
}

/** Reads one `<Event>...</Event>` in the usual form; undefined when it is in any other, right or wrong. */
export const scanEvent = (text: string, interner: Interner): RawEvent | undefined =>
  new Scan(text, interner).run();
