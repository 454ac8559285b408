/** What becomes of the text between `<Event` and `</Event>`. */
export interface FrameHandlers {
  /** Takes a record in the usual form; false when it is not in that form, right or wrong. */
  quick(text: string): boolean;
  /** Takes any other record; false when it is not well-formed XML. It has then been counted as broken. */
  careful(text: string): boolean;
  /** A record that never ended, or is too large. */
  broken(reason: string, text: string): void;
}

const OUTSIDE = /<Event(?=[ \t\r\n>/])|<!--/g;
const INSIDE = /<Event(?=[ \t\r\n>/])|<\/Event[ \t\r\n]*>|<!\[CDATA\[|<!--/g;
const END = '</Event>';
const START_LENGTH = '<Event'.length;
/** Searching for its rarest letter first is several times faster than for the whole tag. */
function indexOfEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const found = text.indexOf('Event>', at + 2);
    if (found < 0 || (text[found - 1] === '/' && text[found - 2] === '<')) return found < 0 ? -1 : found - 2;
    at = found - 1;
  }
}

/** Below this, text is looked at as soon as it comes; above, when it has grown by an eighth. */
const SMALL = 65_536;

/**
 * Finds `<Event>...</Event>` in a stream of text, one at a time, so that a broken one never damages the next:
 * - a new `<Event` before the end makes the former a truncated record;
 * - CDATA sections and comments are honoured, but when the frame they lead to is not well-formed, has no end or is
 *   too large, the stretch is looked through once more without them (`#plainUntil`), for what stood within;
 * - anything else between the records is ignored.
 * The result does not depend on how the text is cut into pieces. Every stretch is looked at a bounded number of
 * times, and never more than one record of the largest size is held.
 */
export class EventFramer {
  #buffer = '';
  #pending: string[] = [];
  #pendingLength = 0;
  /** Where looking goes on. */
  #at = 0;
  /** Where the current record starts; -1 outside of one. */
  #start = -1;
  #quickTried = false;
  #sawLiteral = false;
  /** Up to where CDATA and comments are not honoured. */
  #plainUntil = 0;
  /** From here on the first end tag is at `#endAt`; while that is -1, there is none before `#endTo`. */
  #endFrom = 0;
  #endAt = -1;
  #endTo = 0;

  constructor(
    readonly handlers: FrameHandlers,
    readonly maxEventChars: number,
  ) {}

  push(text: string): void {
    this.#pending.push(text);
    this.#pendingLength += text.length;
    const held = this.#buffer.length;
    if (held > SMALL && this.#pendingLength < held / 8) return;
    this.#look(false);
  }

  end(): void {
    this.#look(true);
  }

  #look(final: boolean): void {
    this.#buffer += this.#pending.join('');
    this.#pending = [];
    this.#pendingLength = 0;
    while (this.#start < 0 ? this.#outside(final) : this.#inside(final)) {}
    const cut = this.#start < 0 ? this.#at : this.#start;
    if (cut === 0) return;
    this.#buffer = this.#buffer.slice(cut);
    this.#at -= cut;
    if (this.#start > 0) this.#start = 0;
    this.#plainUntil = Math.max(0, this.#plainUntil - cut);
    const passed = this.#endAt >= 0 && this.#endAt < cut;
    this.#endFrom = Math.max(0, this.#endFrom - cut);
    this.#endTo = passed ? 0 : Math.max(0, this.#endTo - cut);
    this.#endAt = passed || this.#endAt < 0 ? -1 : this.#endAt - cut;
  }

  /** Looks for the next record. True when there may be more to find. */
  #outside(final: boolean): boolean {
    OUTSIDE.lastIndex = this.#at;
    const match = OUTSIDE.exec(this.#buffer);
    if (match === null) {
      const length = this.#buffer.length;
      const tail = this.#buffer.lastIndexOf('<');
      this.#at = !final && tail >= this.#at && length - tail <= START_LENGTH ? tail : length;
      return false;
    }
    if (match[0] === '<!--') return this.#comment(match.index, final);
    this.#enter(match.index);
    return true;
  }

  #enter(start: number): void {
    this.#start = start;
    this.#at = start + START_LENGTH;
    this.#quickTried = false;
    this.#sawLiteral = false;
  }

  /** A comment between records: `--` may not stand in it, so what does not close there never was one. */
  #comment(open: number, final: boolean): boolean {
    const body = open + 4;
    this.#at = body;
    if (open < this.#plainUntil) return true;
    const dashes = this.#buffer.indexOf('--', body);
    const known = dashes >= 0 && dashes + 2 < this.#buffer.length;
    const reach = dashes >= 0 ? dashes : this.#buffer.length - 1;
    if (reach - open > this.maxEventChars) return true;
    if (!known) {
      if (final) return true;
      this.#at = open;
      return false;
    }
    if (this.#buffer[dashes + 2] === '>') this.#at = dashes + 3;
    return true;
  }

  /** Looks for the end of the current record. True when there may be more to find. */
  #inside(final: boolean): boolean {
    if (!this.#quickTried && this.#quick()) return true;
    INSIDE.lastIndex = this.#at;
    const match = INSIDE.exec(this.#buffer);
    if (match === null) {
      this.#at = Math.max(this.#at, this.#buffer.lastIndexOf('<'));
      return this.#unended(final);
    }
    const token = match[0];
    const after = match.index + token.length;
    if (after - this.#start > this.maxEventChars) return this.#tooLarge();
    if (token === '<![CDATA[' || token === '<!--') return this.#literal(match.index, token, final);
    if (token === '<Event') {
      this.handlers.broken('cut off by the next record', this.#buffer.slice(this.#start, match.index));
      this.#enter(match.index);
      return true;
    }
    const start = this.#start;
    this.#start = -1;
    this.#at = after;
    if (!this.handlers.careful(this.#buffer.slice(start, after)) && this.#sawLiteral)
      this.#again(start, after);
    return true;
  }

  /** The common case: the record ends at the next end tag and is in the usual form. */
  #quick(): boolean {
    const end = this.#nextEnd(this.#start);
    if (end < 0) return false;
    this.#quickTried = true;
    const after = end + END.length;
    if (after - this.#start > Math.min(this.maxEventChars, SMALL)) return false;
    if (!this.handlers.quick(this.#buffer.slice(this.#start, after))) return false;
    this.#start = -1;
    this.#at = after;
    return true;
  }

  /** Where the next end tag is, -1 when there is none yet. No stretch is searched twice while going forward. */
  #nextEnd(from: number): number {
    const known = from >= this.#endFrom;
    if (known && this.#endAt >= from) return this.#endAt;
    const searchFrom = known && this.#endAt < 0 ? Math.max(from, this.#endTo) : from;
    this.#endFrom = from;
    this.#endAt = indexOfEnd(this.#buffer, searchFrom);
    this.#endTo = Math.max(searchFrom, this.#buffer.length - END.length + 1);
    return this.#endAt;
  }

  #literal(open: number, token: string, final: boolean): boolean {
    const body = open + token.length;
    this.#at = body;
    if (open < this.#plainUntil) return true;
    const terminator = token === '<!--' ? '-->' : ']]>';
    const close = this.#buffer.indexOf(terminator, body);
    if (close < 0) {
      this.#at = open;
      return this.#unended(final);
    }
    if (close + 3 - this.#start > this.maxEventChars) return this.#tooLarge();
    this.#at = close + 3;
    this.#sawLiteral = true;
    return true;
  }

  #unended(final: boolean): boolean {
    if (this.#buffer.length - this.#start > this.maxEventChars) return this.#tooLarge();
    if (!final) return false;
    this.handlers.broken('cut off by the end of the input', this.#buffer.slice(this.#start));
    this.#again(this.#start, this.#buffer.length);
    return true;
  }

  #tooLarge(): boolean {
    const limit = this.#start + this.maxEventChars;
    this.handlers.broken(
      `larger than ${this.maxEventChars} characters`,
      this.#buffer.slice(this.#start, limit),
    );
    this.#again(this.#start, limit);
    return true;
  }

  /** Goes back to just after a start that led nowhere, and looks up to `until` without CDATA and comments. */
  #again(start: number, until: number): void {
    this.#start = -1;
    this.#at = start + START_LENGTH;
    this.#plainUntil = Math.max(this.#plainUntil, until);
  }
}
