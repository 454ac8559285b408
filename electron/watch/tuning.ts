/** How the watcher spends its time. Milliseconds. */
export const TUNING = {
  /** The first reading of an instance goes back so far. */
  firstReadMs: 24 * 60 * 60_000,
  connectMs: 120_000,
  readingMs: 90_000,
  eventsMs: 330_000,
  /** One account looked at or unlocked; a little longer than its script may take. */
  accountMs: 75_000,
  /** Clock and name. */
  factsEveryMs: 10 * 60_000,
  accountsEveryMs: 5 * 60_000,
  /** While failures come in. */
  accountsEveryBusyMs: 60_000,
  /** Where auditing does not show everything, the accounts are all there is. */
  accountsEveryBlindMs: 45_000,
  policyEveryMs: 15 * 60_000,
  auditingEveryMs: 15 * 60_000,
  /** Whether records are missing or the log was made anew. */
  channelEveryMs: 5 * 60_000,
  hintsEveryMs: 5 * 60_000,
  /** While a long log is read: accounts and locks are looked at again. */
  lookAheadEveryMs: 20_000,
  /** Until evidence that could not be stored is offered again. */
  storeAgainMs: 10_000,
  /** After waking up, connections begin within this time. */
  resumeWithinMs: 5_000,
  /** A clock that moves by more than this has been set. */
  clockStepMs: 5_000,
  /** A clock that is off by more than this is worth telling. */
  clockOffMs: 60_000,
} as const;

/** Records in one look at a channel. */
export const ROUND_LIMIT = 2_000;
/** When a look brings nothing but broken records, the next one is larger, up to this. */
export const LARGEST_LIMIT = 32_000;
