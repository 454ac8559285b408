/** One answer of a directory is never longer; what claims to be is not read. Bytes. */
const LONGEST_MESSAGE = 16 * 1024 * 1024;
const SEQUENCE = 0x30;

/** How many bytes the message that begins here takes; undefined: not enough is there to tell. */
function lengthOf(bytes: Buffer): number | undefined {
  const first = bytes[1];
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const more = first & 0x7f;
  if (bytes.length < 2 + more) return undefined;
  if (more === 0 || more > 4) return Number.POSITIVE_INFINITY;
  return 2 + more + bytes.readUIntBE(2, more);
}

/** Cuts what comes over a connection into LDAP messages. */
export interface Framer {
  /** The messages that are complete now; null: this is not LDAP, or a message without measure. */
  push(chunk: Buffer): readonly Buffer[] | null;
}

export function createFramer(longest = LONGEST_MESSAGE): Framer {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = 0;
  return {
    push(chunk) {
      parts.push(chunk);
      held += chunk.length;
      if (held < wanted) return [];
      let bytes = parts.length === 1 ? chunk : Buffer.concat(parts, held);
      const messages: Buffer[] = [];
      for (;;) {
        if (bytes.length > 0 && bytes[0] !== SEQUENCE) return null;
        const length = lengthOf(bytes);
        if (length !== undefined && length > longest) return null;
        wanted = length ?? 0;
        if (length === undefined || bytes.length < length) break;
        messages.push(bytes.subarray(0, length));
        bytes = bytes.subarray(length);
      }
      parts = bytes.length > 0 ? [bytes] : [];
      held = bytes.length;
      return messages;
    },
  };
}
