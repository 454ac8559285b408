/**
 * Instants are `Filetime`: 100 ns ticks since 1601-01-01 UTC, as Windows counts them. Durations are ticks too.
 * Both are bigint, because a FILETIME exceeds 2^53 (R2). What crosses to the screen is milliseconds since 1970
 * and carries `Ms` in its name.
 */
export type Filetime = bigint;
export type Ticks = bigint;

export const TICKS_PER_MS = 10_000n;
export const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_MINUTE = 600_000_000n;
const UNIX_EPOCH: Filetime = 116_444_736_000_000_000n;

/** Milliseconds since 1970 to FILETIME; fractions of a millisecond are kept to the tick. */
export function filetimeFromMs(ms: number): Filetime {
  const whole = Math.floor(ms);
  return UNIX_EPOCH + BigInt(whole) * TICKS_PER_MS + BigInt(Math.round((ms - whole) * 10_000));
}

/** FILETIME to whole milliseconds since 1970, rounded down. */
export const msFromFiletime = (time: Filetime): number => Number((time - UNIX_EPOCH) / TICKS_PER_MS);

export const ticksFromSeconds = (seconds: number): Ticks => BigInt(Math.round(seconds * 10_000_000));
export const secondsFromTicks = (ticks: Ticks): number => Number(ticks) / 10_000_000;
export const msFromTicks = (ticks: Ticks): number => Number(ticks) / 10_000;

const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/;

/** Event XML's `SystemTime`, 0 to 9 fractional digits, to FILETIME; undefined when it is not such a time. */
export function filetimeFromIso(text: string): Filetime | undefined {
  const match = INSTANT.exec(text.trim());
  if (!match) return undefined;
  const ms = Date.parse(`${match[1]}Z`);
  if (Number.isNaN(ms)) return undefined;
  return filetimeFromMs(ms) + BigInt((match[2] ?? '').padEnd(7, '0').slice(0, 7));
}
