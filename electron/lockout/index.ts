export {
  type AccountKind,
  type AccountState,
  type Attempt,
  type AttemptResult,
  adminPasswordReset,
  adminUnlock,
  applyAttempt,
  concurrentFailures,
  effectiveCount,
  isLocked,
  type LogonRoute,
  newAccount,
  type Password,
} from './account';
export { addressScope, normaliseAddress } from './address';
export { type CountReading, failuresBetween, openedBetween } from './between-readings';
export { decodeModel, encodeModel } from './codec';
export { type Effect, effectOf, type NothingReason } from './effects';
export { roleFromEvents } from './identity';
export {
  applyAccountReadings,
  applyAuditing,
  applyClockOffset,
  applyEvents,
  applyGap,
  applyPolicy,
  emptyModel,
  inReadingOrder,
  instanceTime,
  ourTime,
} from './model';
export { policyWarnings, samAccepts } from './policy';
export { viewInstance, withoutFoldState } from './queries';
export { accountStatus, instanceStatus } from './status';
export { ranked, tallyTotal } from './tally';
export { PolicyReplay, policyOf, type SeenAttempt, whoIsBehind } from './trade-off';
export type * from './types';
export { verdict } from './verdict';
