export type EventEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** What XML 1.0 forbids (NULs and control characters among it) and halves of surrogate pairs. */
const FORBIDDEN = '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]';
const DIRTY = new RegExp(`${FORBIDDEN}|[\\ud800-\\udfff]`, 'u');
const STRIP = new RegExp(FORBIDDEN, 'g');
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** Removes characters that XML forbids and replaces lone surrogates by U+FFFD. */
export function cleanText(text: string): string {
  if (!DIRTY.test(text)) return text;
  return text.replace(STRIP, '').replace(LONE_SURROGATE, '\ufffd');
}

/** Tells the encoding from the first bytes: a byte order mark, or where the zero bytes of ASCII stand. */
function detectEncoding(head: Uint8Array): EventEncoding {
  const [first = 1, second = 1, third = 1, fourth = 1] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be';
  return 'utf-8';
}

/**
 * Bytes in chunks of any size to clean text. Never throws: what is not valid in the encoding becomes U+FFFD.
 * ASCII text that wrongly lands in UTF-8 mode (a banner before UTF-16) still comes out right, because its NULs
 * are stripped.
 */
export class EventTextDecoder {
  #encoding: EventEncoding | undefined;
  #rest: Uint8Array = new Uint8Array(0);
  #highSurrogate = '';
  readonly #utf8 = new TextDecoder('utf-8', { fatal: false, ignoreBOM: false });

  /** The encoding that was detected; undefined until four bytes have been seen. */
  get encoding(): EventEncoding | undefined {
    return this.#encoding;
  }

  push(chunk: Uint8Array): string {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (this.#encoding === undefined) {
      if (bytes.length < 4) {
        this.#rest = Uint8Array.from(bytes);
        return '';
      }
      this.#encoding = detectEncoding(bytes);
    }
    this.#rest = new Uint8Array(0);
    return this.#clean(
      this.#encoding === 'utf-8' ? this.#utf8.decode(bytes, { stream: true }) : this.#wide(bytes),
    );
  }

  /** What was still held back. The decoder is not used after this. */
  end(): string {
    const last = this.#highSurrogate;
    this.#highSurrogate = '';
    if (this.#encoding === 'utf-8' || this.#encoding === undefined) {
      return cleanText(last + this.#utf8.decode(this.#encoding ? undefined : this.#rest));
    }
    return cleanText(last) + (this.#rest.length > 0 ? '\ufffd' : '');
  }

  #wide(bytes: Uint8Array): string {
    const even = bytes.length & ~1;
    if (even < bytes.length) this.#rest = bytes.slice(even);
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, even);
    if (this.#encoding === 'utf-16le') return view.toString('utf16le');
    return Buffer.from(view).swap16().toString('utf16le');
  }

  /** A high surrogate at the end waits for its other half in the next chunk. */
  #clean(decoded: string): string {
    let text = this.#highSurrogate + decoded;
    this.#highSurrogate = '';
    const last = text.charCodeAt(text.length - 1);
    if (last >= 0xd800 && last <= 0xdbff) {
      this.#highSurrogate = text.slice(-1);
      text = text.slice(0, -1);
    }
    return cleanText(text);
  }
}
