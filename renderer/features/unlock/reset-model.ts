import type { Phrase } from '../../../shared/account-status';
import type { PasswordReset } from '../../../shared/password-reset';
import { checkPassword } from '../../../shared/password-rules';

export interface FieldMessage {
  readonly state: 'error' | 'warning' | 'success' | 'none';
  readonly messages: readonly Phrase[];
}

/** What stands below the password while it is typed; an empty field says nothing yet. */
export function passwordMessage(password: string, account: string): FieldMessage {
  if (password === '') return { state: 'none', messages: [] };
  const { errors, warnings } = checkPassword(password, account);
  if (errors.length > 0) return { state: 'error', messages: errors };
  if (warnings.length > 0) return { state: 'warning', messages: warnings };
  return { state: 'success', messages: [{ key: 'unlock.password.good', params: {} }] };
}

export type StepState = 'todo' | 'doing' | 'done' | 'uncertain' | 'failed';

/** The three steps of a reset, each with how it stands. */
export function stepsOf(reset: PasswordReset): Readonly<Record<'set' | 'reboot' | 'reach', StepState>> {
  const { phase } = reset;
  const set: Record<typeof phase, StepState> = {
    setting: 'doing',
    set: 'done',
    maybeSet: 'uncertain',
    refused: 'failed',
    rebooting: reset.setAtMs === null ? 'uncertain' : 'done',
    reaching: reset.setAtMs === null ? 'uncertain' : 'done',
    done: reset.setAtMs === null ? 'uncertain' : 'done',
  };
  const over = phase === 'reaching' || phase === 'done';
  const reboot: StepState = over
    ? reset.seenDown
      ? 'done'
      : 'uncertain'
    : phase === 'rebooting'
      ? reset.watching
        ? 'doing'
        : 'uncertain'
      : 'todo';
  const reach: StepState =
    phase === 'done'
      ? reset.reachedAtMs === null
        ? 'uncertain'
        : 'done'
      : phase === 'reaching'
        ? 'doing'
        : 'todo';
  return { set: set[phase], reboot, reach };
}

/** Whether the reboot may be asked for: the password waits for it, or nobody waits for one that was asked for. */
export const mayReboot = ({ phase, watching }: PasswordReset): boolean =>
  phase === 'set' || phase === 'maybeSet' || (phase === 'rebooting' && !watching);

/** Whether a new password may be typed instead of going on with this one. */
export const mayStartAnew = ({ phase, watching }: PasswordReset): boolean =>
  phase !== 'setting' && phase !== 'set' && !watching;

/** Whether main can be told to sign in with it from now on. */
export const mayKeep = ({ held, signsIn, keep, phase }: PasswordReset): boolean =>
  held && signsIn && (keep === 'no' || keep === 'failed') && phase !== 'setting' && phase !== 'refused';
