export {
  type AccountKind,
  type AccountState,
  type Attempt,
  type AttemptOutcome,
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
  type UnlockMethod,
} from './account';
export { type AddressScope, addressScope, normaliseAddress } from './address';
export { type CodecProblem, decodeModel, encodeModel } from './codec';
export { type Effect, effectOf, type NothingReason } from './effects';
export { hostLabel, roleFromEvents } from './identity';
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
export {
  type PolicyProblem,
  type PolicyReading,
  type PolicyValues,
  policyFromAdsi,
  policyFromDomain,
  policyFromNetUserModals,
  policyFromPso,
  policyFromSecedit,
  policyWarnings,
  samAccepts,
} from './policy';
export { describePolicy, type PolicyFacts, policyFor } from './policy-facts';
export { type AccountView, type InstanceView, viewInstance, withoutFoldState } from './queries';
export { accountStatus, instanceStatus } from './status';
export { ranked, tallyTotal } from './tally';
export type * from './types';
export { type VerdictOptions, verdict } from './verdict';
