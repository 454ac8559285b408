const MINUTE_MS = 60_000;

/** Attacks on one instance that are no further apart than this are one attack, milliseconds. */
export const JOIN_MS = 60 * MINUTE_MS;
/** Evidence that returns within this time after an incident was closed opens it again, milliseconds. */
export const REOPEN_MS = 60 * MINUTE_MS;
/** An attack goes on while its last failure is no older than this, milliseconds. */
export const LIVE_MS = 15 * MINUTE_MS;
/** A forecast lock nearer than this is imminent, milliseconds. */
export const IMMINENT_MS = MINUTE_MS;
/** Two readings of one lock may differ by this much, milliseconds. */
export const SAME_LOCK_MS = 30_000;
/** A lock is looked at with its verdict, which may come a moment after it, milliseconds. */
export const SETTLE_MS = 1500;

/** An attack on thousands of names is told by these; those that ever locked are always among them. */
export const MOST_ACCOUNTS = 200;
export const MOST_ADDRESSES = 256;
export const MOST_POINTS = 64;
export const MOST_FORMER = 8;
