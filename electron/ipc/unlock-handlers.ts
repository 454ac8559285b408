import { ok } from '../../shared/result';
import type { AccountUnlockService } from '../unlock/account-unlock/service';
import type { PasswordResetService } from '../unlock/password-reset/service';
import type { Handlers } from './dispatch';

/** What the window asks of unlocking and of passwords. A password comes in by `begin` and goes out by none. */
export function createUnlockHandlers(
  unlock: AccountUnlockService,
  resets: PasswordResetService,
): Pick<Handlers, 'unlock' | 'passwordReset'> {
  return {
    unlock: {
      plan: async ({ id, accountKey }) => ok(await unlock.plan(id, accountKey)),
      apply: ({ previewId, reason }) => unlock.apply(previewId, reason),
    },
    passwordReset: {
      begin: ({ id, password, keep, reason }) => resets.begin(id, password, { keep, reason }),
      reboot: ({ id }) => resets.reboot(id),
      copy: ({ id }) => resets.copy(id),
      save: ({ id }) => resets.save(id),
      forget: ({ id }) => resets.forget(id),
      cancelWait: ({ id }) => resets.cancelWait(id),
      watch: ({ id }) => resets.watch(id),
    },
  };
}
