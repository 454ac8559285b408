import { createHash } from 'node:crypto';

const EPOCH = 116_444_736_000_000_000n;
const TICKS_PER_MS = 10_000n;

/** Milliseconds since 1970 as the directory keeps times: 100 ns since 1601. 0 stays 0, for never. */
export const ticks = (ms: number): string =>
  ms === 0 ? '0' : (BigInt(Math.round(ms)) * TICKS_PER_MS + EPOCH).toString();

/** Minutes as a policy keeps them: negative ticks (R2). Null: until an admin ends it. */
export const span = (minutes: number | null): string =>
  minutes === null ? '-9223372036854775808' : (BigInt(minutes) * -600_000_000n).toString();

/** `20260504120000.0Z` */
export const generalizedTime = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replace(/[-T:]/g, '')}.0Z`;

/** A SID in its binary form. */
export function sidBytes(sid: string): Buffer {
  const [, revision = '1', authority = '5', ...parts] = sid.split('-');
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes[0] = Number(revision);
  bytes[1] = parts.length;
  bytes.writeUIntBE(Number(authority), 2, 6);
  parts.forEach((part, index) => {
    bytes.writeUInt32LE(Number(part), 8 + 4 * index);
  });
  return bytes;
}

/** The same name gives the same id. */
export const idBytes = (name: string): Buffer => createHash('sha256').update(name).digest().subarray(0, 16);
