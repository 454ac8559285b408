/** As much of ASN.1's basic encoding as LDAP uses (RFC 4511 5.1): definite lengths, tags below 31. */
export class BerError extends Error {}

const MOST_DEPTH = 40;

/** One element: its tag, and what is in it. */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

/** The length of the first element of the data with its head; undefined while it is not all there to see. */
export function elementLength(data: Buffer): number | undefined {
  if (data.length < 2) return undefined;
  const first = data[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const digits = first & 0x7f;
  if (digits === 0 || digits > 4) throw new BerError('length');
  if (data.length < 2 + digits) return undefined;
  return 2 + digits + data.readUIntBE(2, digits);
}

/** Reads the elements of a sequence, one after another, or all at once. */
export class BerReader {
  #data: Buffer;
  readonly #depth: number;

  constructor(data: Buffer, depth = 0) {
    if (depth > MOST_DEPTH) throw new BerError('depth');
    this.#data = data;
    this.#depth = depth;
  }

  get empty(): boolean {
    return this.#data.length === 0;
  }

  /** The tag of what comes next; undefined at the end. */
  get tag(): number | undefined {
    return this.#data[0];
  }

  next(tag?: number): Element {
    const length = elementLength(this.#data);
    if (length === undefined || length > this.#data.length) throw new BerError('cut off');
    const found = this.#data[0] ?? 0;
    if (tag !== undefined && found !== tag) throw new BerError(`tag ${found}`);
    const lengthBytes = (this.#data[1] ?? 0) < 0x80 ? 0 : (this.#data[1] ?? 0) & 0x7f;
    const content = this.#data.subarray(2 + lengthBytes, length);
    this.#data = this.#data.subarray(length);
    return { tag: found, content };
  }

  /** What is inside the next element. */
  inside(tag?: number): BerReader {
    return this.within(this.next(tag).content);
  }

  within(content: Buffer): BerReader {
    return new BerReader(content, this.#depth + 1);
  }

  text(tag = 0x04): string {
    return this.next(tag).content.toString('utf8');
  }

  number(tag = 0x02): number {
    const { content } = this.next(tag);
    if (content.length === 0 || content.length > 6) throw new BerError('integer');
    return content.readIntBE(0, content.length);
  }

  truth(tag = 0x01): boolean {
    return this.next(tag).content[0] !== 0;
  }
}

export function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = content.length === 1 && content[0] ? content[0] : Buffer.concat(content);
  const { length } = body;
  let head: number[];
  if (length < 0x80) head = [tag, length];
  else {
    const digits: number[] = [];
    for (let rest = length; rest > 0; rest >>>= 8) digits.unshift(rest & 0xff);
    head = [tag, 0x80 | digits.length, ...digits];
  }
  return Buffer.concat([Buffer.from(head), body]);
}

export const octets = (value: string | Buffer, tag = 0x04): Buffer =>
  element(tag, typeof value === 'string' ? Buffer.from(value, 'utf8') : value);

export function whole(value: number, tag = 0x02): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.unshift(rest & 0xff);
    rest >>= 8;
  } while (rest !== 0 && rest !== -1);
  if (((bytes[0] ?? 0) & 0x80) !== (value < 0 ? 0x80 : 0)) bytes.unshift(value < 0 ? 0xff : 0);
  return element(tag, Buffer.from(bytes));
}

export const sequence = (...content: readonly Buffer[]): Buffer => element(0x30, ...content);
