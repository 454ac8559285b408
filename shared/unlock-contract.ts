import { z } from 'zod';
import { accountUnlockRunSchema, unlockOutcomeSchema, unlockPreviewSchema } from './account-unlock';
import { instanceIdSchema } from './instance';
import { passwordResetSchema } from './password-reset';
import { PASSWORD_LENGTH } from './password-rules';

const nothing = z.null();
const byId = z.object({ id: instanceIdSchema });

export const unlockRequests = {
  unlock: {
    /** Looks where the account is judged how it stands and who would unlock it. Changes nothing. */
    plan: {
      input: z.object({ id: instanceIdSchema, accountKey: z.string().max(600) }),
      output: unlockPreviewSchema,
    },
    /** Unlocks exactly what was shown, once. */
    apply: {
      input: z.object({
        previewId: z.string().max(100),
        confirmed: z.literal(true),
        reason: z.string().trim().max(500),
      }),
      output: unlockOutcomeSchema,
    },
  },
  passwordReset: {
    /** Sets the password through the cloud. It travels to main and never back. Takes effect with the reboot only. */
    begin: {
      input: z.object({
        id: instanceIdSchema,
        password: z.string().min(1).max(PASSWORD_LENGTH.most),
        confirmed: z.literal(true),
        /** Keep it as the password that Lockwatch signs in with. */
        keep: z.boolean(),
        reason: z.string().trim().max(500),
      }),
      output: nothing,
    },
    reboot: { input: z.object({ id: instanceIdSchema, confirmed: z.literal(true) }), output: nothing },
    /** Puts it on the clipboard, which is cleared again after this many seconds unless something else is there. */
    copy: { input: byId, output: z.object({ clearsAfterSeconds: z.number() }) },
    /** Keeps it as the password that Lockwatch signs in with. */
    save: { input: byId, output: nothing },
    /** Takes it out of main's memory; what has come to its end is shown no more. */
    forget: { input: byId, output: nothing },
    /** Stops waiting; the reboot itself goes on. */
    cancelWait: { input: byId, output: nothing },
    /** Waits again for a reboot that was asked for. */
    watch: { input: byId, output: nothing },
  },
} as const;

/** What the snapshot holds of it. */
export const unlockSnapshotSchema = z.object({
  passwordResets: z.array(passwordResetSchema),
  /** Instances whose cloud can set a password. */
  passwordResettable: z.array(instanceIdSchema),
  accountUnlocks: z.array(accountUnlockRunSchema),
});
