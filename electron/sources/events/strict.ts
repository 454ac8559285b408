import { SaxesParser } from 'saxes';
import { dropForbiddenReferences } from './entities';
import type { Interner } from './intern';
import { emptyRawEvent, type RawEvent, setField } from './record';

const SYSTEM_TEXT = {
  EventID: 'eventId',
  Task: 'task',
  Keywords: 'keywords',
  EventRecordID: 'recordId',
  Channel: 'channel',
  Computer: 'computer',
} as const satisfies Record<string, keyof RawEvent>;

const isSystemText = (name: string): name is keyof typeof SYSTEM_TEXT => Object.hasOwn(SYSTEM_TEXT, name);

interface Open {
  readonly name: string;
  readonly field: string | undefined;
  text: string;
  leaf: boolean;
}

class Collector {
  readonly raw = emptyRawEvent();
  readonly #stack: Open[] = [];
  #unnamed = 0;

  constructor(readonly interner: Interner) {}

  open(name: string, attribute: (name: string) => string | undefined): void {
    const parent = this.#stack.at(-1);
    if (parent) parent.leaf = false;
    const depth = this.#stack.length;
    const section = this.#stack[1]?.name;
    if (depth === 2 && section === 'System') {
      if (name === 'Provider') this.raw.provider = attribute('Name') ?? '';
      if (name === 'TimeCreated') this.raw.systemTime = attribute('SystemTime') ?? '';
    }
    const isData = depth === 2 && section === 'EventData' && name === 'Data';
    const field = isData ? (attribute('Name') ?? `#${this.#unnamed++}`) : undefined;
    this.#stack.push({ name, field, text: '', leaf: true });
  }

  text(text: string): void {
    const current = this.#stack.at(-1);
    if (current) current.text += text;
  }

  close(): void {
    const closed = this.#stack.pop();
    if (!closed) return;
    const section = this.#stack[1]?.name;
    const value = (): string => this.interner.keep(closed.text);
    if (closed.field !== undefined) setField(this.raw.data, closed.field, value());
    else if (this.#stack.length === 2 && section === 'System' && isSystemText(closed.name)) {
      this.raw[SYSTEM_TEXT[closed.name]] = value();
    } else if (section === 'UserData' && closed.leaf) setField(this.raw.data, closed.name, value());
  }
}

/**
 * Reads one `<Event>...</Event>` in any well-formed XML: CDATA, comments, prefixes, UserData, RenderingInfo (which is
 * skipped). A string says why it is not well-formed.
 */
export function parseEventStrictly(text: string, interner: Interner): RawEvent | string {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const collector = new Collector(interner);
  let failure: string | undefined;
  parser.on('error', (error) => {
    failure ??= error.message;
  });
  parser.on('opentag', (tag) => {
    collector.open(tag.local, (name) => tag.attributes[name]?.value);
  });
  parser.on('text', (part) => collector.text(part));
  parser.on('cdata', (part) => collector.text(part));
  parser.on('closetag', () => collector.close());
  parser.write(dropForbiddenReferences(text)).close();
  return failure ?? collector.raw;
}
