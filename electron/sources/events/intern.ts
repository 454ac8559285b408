/** Substrings from this length on may keep their whole source text alive in V8. */
const SHARES_MEMORY_FROM = 13;

/** A copy of the text that does not hold on to the larger text it was cut from. */
export const detached = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

/**
 * Gives equal texts one copy. Values cut from a chunk of XML would keep that whole chunk in memory for as long as
 * the model remembers them; SIDs, computers and process names also repeat from event to event.
 */
export class Interner {
  readonly #known = new Map<string, string>();
  readonly #capacity: number;

  constructor(capacity = 4096) {
    this.#capacity = capacity;
  }

  keep(text: string): string {
    if (text.length < SHARES_MEMORY_FROM) return text;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= this.#capacity) this.#known.clear();
    const copy = detached(text);
    this.#known.set(copy, copy);
    return copy;
  }
}
