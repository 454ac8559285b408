import { z } from 'zod';
import { type InstanceView, phraseSchema } from './account-status';
import { errorSchema } from './errors';
import { type ConnectionProfile, instanceIdSchema } from './instance';
import { cloudInstanceSchema } from './network';

/**
 * `setting`: the call is under way. `set`: the cloud took it; it holds after a reboot through the cloud. `maybeSet`: the
 * answer was lost. `refused`: it was not set. `rebooting`: the reboot was asked for. `reaching`: running again, not
 * heard of over SSH yet. `done`: the reboot is over.
 */
export const passwordResetPhaseSchema = z.enum([
  'setting',
  'set',
  'maybeSet',
  'refused',
  'rebooting',
  'reaching',
  'done',
]);
export type PasswordResetPhase = z.infer<typeof passwordResetPhaseSchema>;

/** Where the reset of an instance's password stands. Never holds the password. */
export const passwordResetSchema = z.object({
  id: instanceIdSchema,
  /** Whose password: the built-in administrator, by the name it has there. */
  account: z.string(),
  phase: passwordResetPhaseSchema,
  beganAtMs: z.number(),
  setAtMs: z.number().nullable(),
  rebootAtMs: z.number().nullable(),
  /** The answer to the reboot was lost: it may happen or not. */
  rebootUncertain: z.boolean(),
  /** By the cloud, while it is looked at; null when it is not known. */
  cloudStatus: cloudInstanceSchema.shape.status.nullable(),
  /** Whether it was seen going down after the reboot was asked for. */
  seenDown: z.boolean(),
  /** False: nobody waits for the reboot's end any more. */
  watching: z.boolean(),
  /** When it was running again, and when it answered over SSH. */
  runningAtMs: z.number().nullable(),
  reachedAtMs: z.number().nullable(),
  /** What went wrong last, or has to be known. */
  message: phraseSchema.nullable(),
  error: errorSchema.nullable(),
  /** Whether main still has the password, for copying and keeping. */
  held: z.boolean(),
  /** Whether Lockwatch itself signs in as this account with a password. */
  signsIn: z.boolean(),
  /** Whether the new password becomes the one that Lockwatch signs in with: on the reboot, when the old one ends. */
  keep: z.enum(['no', 'onReboot', 'kept', 'failed']),
});
export type PasswordReset = z.infer<typeof passwordResetSchema>;

/** The account whose password the cloud sets: the built-in administrator, by the name that it has on the instance. */
export function administratorOf(view: InstanceView | undefined): string {
  const accounts = view?.accounts.filter(
    ({ builtinAdministrator, authority }) => builtinAdministrator && authority === 'local',
  );
  // A SID proves it; a name alone may be somebody else's.
  return (accounts?.find(({ sid }) => sid !== null) ?? accounts?.[0])?.name ?? 'Administrator';
}

/** `DOMAIN\name`, `name@domain` and `.\name` without what stands around the name. */
const bareName = (user: string): string =>
  (user.split('\\').at(-1) ?? user).split('@')[0]?.toLowerCase() ?? '';

/** Whether Lockwatch itself signs in at the instance as this account, and with a password. */
export const signsInAs = (profile: Pick<ConnectionProfile, 'ssh'> | undefined, account: string): boolean =>
  profile?.ssh.authentication.kind === 'password' && bareName(profile.ssh.user) === account.toLowerCase();
