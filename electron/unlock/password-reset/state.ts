import type { Phrase } from '../../../shared/account-status';
import type { AppError } from '../../../shared/errors';
import type { CloudInstance } from '../../../shared/network';
import type { PasswordReset } from '../../../shared/password-reset';

/** What is remembered beyond a restart: all but what is in memory only. */
export type KnownReset = Omit<PasswordReset, 'held' | 'signsIn'>;

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({
  key: `unlock.reset.${key}`,
  params,
});

/** A cloud that says nothing of going down may have been too quick to be seen; after so long that is believed. */
export const UNSEEN_MS = 90_000;
/** A reboot that takes longer is not waited for any more. */
export const LONGEST_REBOOT_MS = 20 * 60_000;
/** An instance that runs and is not heard of over SSH for so long counts as back, with a word about it. */
export const LONGEST_REACH_MS = 10 * 60_000;

/** The call is about to be made: written down first, so that a crash in the middle leaves it "may be set". */
export const begun = (id: string, account: string, keep: boolean, atMs: number): KnownReset => ({
  id,
  account,
  phase: 'setting',
  beganAtMs: atMs,
  setAtMs: null,
  rebootAtMs: null,
  rebootUncertain: false,
  cloudStatus: null,
  seenDown: false,
  watching: false,
  runningAtMs: null,
  reachedAtMs: null,
  message: null,
  error: null,
  keep: keep ? 'onReboot' : 'no',
});

/** Failures that brought no word of the cloud about the call itself. */
const LOST = new Set([
  'cloud.timeout',
  'cloud.server',
  'cloud.unreadableAnswer',
  'cloud.answerTooLarge',
  'app.cancelled',
  'app.internal',
]);
/** The connection never came about, so nothing was sent. */
const NOT_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ERR_NAME_NOT_RESOLVED|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_PROXY_CONNECTION_FAILED|PROXY_AUTHENTICATION|[A-Z_]*CERT[A-Z_]*)$/;

/** Whether a call may have taken effect although it failed. */
export const isLost = ({ code, params }: AppError): boolean =>
  LOST.has(code) || (code === 'cloud.network' && !NOT_SENT.test(String(params.reason ?? '')));

/** The sentences for what the cloud refuses, by its own code; null: the error's own sentence says it. */
function refusalOf({ code, params }: AppError): Phrase | null {
  const theirs = String(params.code ?? '');
  if (theirs.startsWith('InvalidPassword')) return phrase('refused.malformed');
  if (theirs.startsWith('IncorrectInstanceStatus')) return phrase('refused.status');
  if (code === 'cloud.lockedForSecurity') return phrase('refused.locked');
  if (code === 'cloud.denied') return phrase('refused.denied', { action: String(params.action ?? '') });
  return null;
}

/** What the call to set the password came to. */
export function passwordAnswered(state: KnownReset, error: AppError | null, atMs: number): KnownReset {
  if (error === null) return { ...state, phase: 'set', setAtMs: atMs, message: null, error: null };
  if (isLost(error)) return { ...state, phase: 'maybeSet', message: phrase('maybeSet'), error };
  return { ...state, phase: 'refused', keep: 'no', message: refusalOf(error), error };
}

/** The reboot is about to be asked for. */
export const rebootBegun = (state: KnownReset, atMs: number): KnownReset => ({
  ...state,
  phase: 'rebooting',
  rebootAtMs: atMs,
  rebootUncertain: true,
  cloudStatus: null,
  seenDown: false,
  watching: true,
  runningAtMs: null,
  reachedAtMs: null,
  message: null,
  error: null,
});

/** What the call came to. Refused: the password waits for a reboot as before. Lost: the instance is looked at. */
export function rebootAnswered(before: KnownReset, state: KnownReset, error: AppError | null): KnownReset {
  if (error === null) return { ...state, rebootUncertain: false };
  if (isLost(error)) return { ...state, message: phrase('rebootUncertain'), error };
  return { ...before, watching: false, message: refusalOf(error) ?? phrase('rebootRefused'), error };
}

const LOOK_FAILED = 'unlock.reset.lookFailed';
const DOWN = new Set<CloudInstance['status']>(['stopping', 'stopped', 'starting']);

/** A look at the instance while its reboot is waited for. */
export function looked(state: KnownReset, status: CloudInstance['status'], atMs: number): KnownReset {
  if (state.phase !== 'rebooting' || state.rebootAtMs === null) return state;
  const seenDown = state.seenDown || DOWN.has(status);
  const message = state.message?.key === LOOK_FAILED ? null : state.message;
  const next: KnownReset = { ...state, cloudStatus: status, seenDown, message, error: null };
  const waited = atMs - state.rebootAtMs;
  if (status === 'running' && seenDown) {
    return { ...next, phase: 'reaching', rebootUncertain: false, runningAtMs: atMs, message: null };
  }
  if (status === 'running' && waited >= UNSEEN_MS) {
    // Without the cloud's word and without a look at it going down, nothing says that it was rebooted at all.
    if (state.rebootUncertain) {
      const phase = state.setAtMs === null ? 'maybeSet' : 'set';
      return { ...next, phase, watching: false, message: phrase('rebootNotSeen') };
    }
    return { ...next, phase: 'reaching', runningAtMs: atMs, message: phrase('downNotSeen') };
  }
  if (waited >= LONGEST_REBOOT_MS) return { ...next, watching: false, message: phrase('rebootTooLong') };
  return next;
}

/** The look failed: it is tried again, until the reboot has taken too long. */
export function lookFailed(state: KnownReset, error: AppError, atMs: number): KnownReset {
  if (state.phase !== 'rebooting' || state.rebootAtMs === null) return state;
  const tooLong = atMs - state.rebootAtMs >= LONGEST_REBOOT_MS;
  const hopeless = ['cloud.denied', 'cloud.notFound', 'cloud.auth', 'cloud.credentialsMissing'].includes(
    error.code,
  );
  return {
    ...state,
    cloudStatus: null,
    error,
    watching: !(tooLong || hopeless),
    message: phrase(tooLong ? 'rebootTooLong' : 'lookFailed'),
  };
}

/** What SSH says of the instance since it runs again. */
export type Reach = 'answers' | 'refusesPassword' | 'needsAdmin' | 'notWatched' | 'waiting';

export function reached(state: KnownReset, reach: Reach, atMs: number): KnownReset {
  if (state.phase !== 'reaching' || state.runningAtMs === null) return state;
  const done = (message: Phrase | null): KnownReset => ({
    ...state,
    phase: 'done',
    watching: false,
    reachedAtMs: reach === 'answers' ? atMs : null,
    message: message ?? state.message,
  });
  if (reach === 'answers') return done(null);
  if (reach === 'refusesPassword') return done(phrase('sshRefuses'));
  if (reach === 'needsAdmin') return done(phrase('sshNeedsAdmin'));
  if (reach === 'notWatched') return done(phrase('sshNotWatched'));
  return atMs - state.runningAtMs >= LONGEST_REACH_MS ? done(phrase('sshNotReached')) : state;
}

/**
 * Whether the old password is past: the system is down or starts again. While it shuts down the old one is still right,
 * and the new one would be refused, and counted.
 */
export const oldIsGone = ({ phase, cloudStatus, seenDown }: KnownReset): boolean =>
  phase === 'reaching' ||
  phase === 'done' ||
  (phase === 'rebooting' && seenDown && (cloudStatus === 'stopped' || cloudStatus === 'starting'));

/** Nobody waits any more; the reboot goes on. */
export const waitCancelled = (state: KnownReset): KnownReset =>
  state.watching ? { ...state, watching: false, message: phrase('waitCancelled') } : state;

export const watchedAgain = (state: KnownReset): KnownReset =>
  state.phase === 'rebooting' || state.phase === 'reaching'
    ? {
        ...state,
        watching: true,
        message: state.phase === 'reaching' && !state.seenDown ? phrase('downNotSeen') : null,
        error: null,
      }
    : state;

/**
 * What the file says after a restart. A call that was under way may have taken effect; the password itself is gone with
 * the memory that held it, so it cannot be kept any more.
 */
export function afterRestart(state: KnownReset): KnownReset {
  const keep = state.keep === 'onReboot' ? 'failed' : state.keep;
  if (state.phase === 'setting') return { ...state, phase: 'maybeSet', keep, message: phrase('interrupted') };
  const watching = state.watching && (state.phase === 'rebooting' || state.phase === 'reaching');
  return { ...state, keep, watching, cloudStatus: null, error: null };
}

/** Nothing waits for it any more: it is forgotten on request, and not written down. */
export const isOver = ({ phase }: Pick<KnownReset, 'phase'>): boolean =>
  phase === 'refused' || phase === 'done';
