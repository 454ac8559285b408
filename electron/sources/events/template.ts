import { decodeEntities } from './entities';
import type { Interner } from './intern';
import { type RawEvent, setField } from './record';

/** Where a value of the layout goes. */
type Target = 'systemTime' | 'recordId' | 'computer' | { readonly field: string };

/** Elements whose text differs from event to event; that of all others belongs to the layout. */
const VARYING = new Map<string, Target>([
  ['EventRecordID', 'recordId'],
  ['Computer', 'computer'],
]);
/** All other attributes of System differ too and are passed over, but for Provider's, which do not. */
const TIME = 'SystemTime';
const FIXED_ELEMENTS = new Set(['Event', 'Provider', 'Data']);
const TAG = /<(\/?)([A-Za-z]+)([^>]*?)(\/?)>/g;
const ATTRIBUTE = /([A-Za-z]+)[ \t\r\n]*=[ \t\r\n]*(?:'([^']*)'|"([^"]*)")/g;
const TEXT = '[^<]*';
const IN_SINGLE_QUOTES = "[^'<&\\t\\r\\n]*";
const IN_DOUBLE_QUOTES = '[^"<&\\t\\r\\n]*';

const escaped = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * The layout of one kind of event as one machine writes it: the same text from event to event, with values between.
 * It is one regular expression, which the engine compiles; matching a whole record by it takes a fraction of reading
 * the record piece by piece (bench/events.ts).
 */
export class Template {
  readonly #pattern: RegExp;
  /** Where the pattern's groups go. */
  readonly #targets: Target[] = [];
  /** What is the same in every record: provider, event id, task, keywords, channel. */
  readonly #base: RawEvent;

  /** Takes the layout from a record that `scanEvent` read as `raw`; undefined when it has none that repeats. */
  static of(text: string, raw: RawEvent): Template | undefined {
    const tags = [...text.matchAll(TAG)];
    // A bracket within a value would be taken for the end of a tag; an empty element has no place for a value.
    const simple = text.split('>').length - 1 === tags.length;
    return simple && !tags.some(([, , name, , empty]) => name === 'Data' && empty === '/')
      ? new Template(text, raw, tags)
      : undefined;
  }

  private constructor(text: string, raw: RawEvent, tags: readonly RegExpExecArray[]) {
    this.#base = { ...raw, systemTime: '', data: {} };
    let pattern = '^';
    let done = 0;
    let unnamed = 0;
    const cut = (from: number, to: number, values: string, target: Target | undefined): void => {
      pattern += escaped(text.slice(done, from)) + (target === undefined ? values : `(${values})`);
      if (target !== undefined) this.#targets.push(target);
      done = to;
    };
    for (const tag of tags) {
      const [whole, closing, name = '', attributes = '', empty] = tag;
      if (closing === '/') continue;
      const inner = tag.index + 1 + name.length;
      for (const attribute of FIXED_ELEMENTS.has(name) ? [] : attributes.matchAll(ATTRIBUTE)) {
        const [written, attributeName, single, double] = attribute;
        const to = inner + attribute.index + written.length - 1;
        const isTime = name === 'TimeCreated' && attributeName === TIME;
        const values = single === undefined ? IN_DOUBLE_QUOTES : IN_SINGLE_QUOTES;
        cut(to - (single ?? double ?? '').length, to, values, isTime ? 'systemTime' : undefined);
      }
      const start = tag.index + whole.length;
      const target = name === 'Data' ? { field: fieldOf(attributes) ?? `#${unnamed++}` } : VARYING.get(name);
      if (target !== undefined && empty !== '/') cut(start, text.indexOf('<', start), TEXT, target);
    }
    this.#pattern = new RegExp(`${pattern}${escaped(text.slice(done))}$`);
  }

  /** Reads a record of this layout; undefined when it is of another. */
  read(text: string, interner: Interner): RawEvent | undefined {
    const match = this.#pattern.exec(text);
    if (match === null || text.includes(']]>')) return undefined;
    const references = text.includes('&');
    const returns = text.includes('\r');
    const raw: RawEvent = { ...this.#base, data: {} };
    const targets = this.#targets;
    for (let index = 0; index < targets.length; index++) {
      const target = targets[index];
      let value = match[index + 1];
      if (target === undefined || value === undefined) return undefined;
      if (target === 'systemTime') {
        raw.systemTime = value;
        continue;
      }
      if (returns && value.includes('\r')) value = value.replace(/\r\n?/g, '\n');
      if (references && value.includes('&')) value = decodeEntities(value);
      if (value === undefined) return undefined;
      if (typeof target === 'string') raw[target] = value;
      else setField(raw.data, target.field, interner.keep(value));
    }
    return raw;
  }
}

function fieldOf(attributes: string): string | undefined {
  const named = new RegExp(ATTRIBUTE).exec(attributes);
  return named?.[2] ?? named?.[3];
}
