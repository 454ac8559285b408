import type { AppError } from '../../shared/errors';
import type { WatchLevel } from '../../shared/instance';
import { type AfterFailure, afterFailure } from './schedule';

/** How often a domain is looked at, by watch level. Milliseconds. */
export const DIRECTORY_TUNING: Readonly<
  Record<Exclude<WatchLevel, 'off'>, { readonly pollMs: number; readonly fullMs: number }>
> = {
  // One small question a poll; only when something in the directory changed, a second one.
  close: { pollMs: 700, fullMs: 20_000 },
  normal: { pollMs: 5_000, fullMs: 60_000 },
  relaxed: { pollMs: 30_000, fullMs: 300_000 },
};

/** Policies are read again after so long, or when the directory changed and it is this long ago. Milliseconds. */
export const POLICIES_EVERY_MS = 5 * 60_000;
export const POLICIES_AFTER_CHANGE_MS = 5_000;
/** Who decides, and which controllers there are. Milliseconds. */
export const TOPOLOGY_EVERY_MS = 15 * 60_000;
/** Changes are told at most so often. Milliseconds. */
export const TELL_EVERY_MS = 100;
/** That everything was read again with the same result is told so often. Milliseconds. */
export const TELL_READING_EVERY_MS = 5_000;

const NEEDS_ADMIN: ReadonlySet<AppError['code']> = new Set<AppError['code']>([
  'directory.certificateChanged',
  'directory.certificateUnknown',
  'directory.passwordRefused',
  'directory.bindRefused',
  'directory.bindUnanswered',
  'directory.encryptionRequired',
  'directory.otherDomain',
]);

/** What follows a failure: certificates, refused binds and missing passwords wait for the admin (R27). */
export const afterDirectoryFailure = (error: AppError): AfterFailure =>
  NEEDS_ADMIN.has(error.code) ? 'needsAdmin' : afterFailure(error);
