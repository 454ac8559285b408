import { z } from 'zod';
import { brokenVncPasswordRules } from './console';
import { instanceIdSchema, vncSchema } from './instance';

const nothing = z.null();
const byId = z.object({ id: instanceIdSchema });
const kindSchema = z.enum(['cloud', 'vnc']);

/** Which consoles an instance has. */
export const consoleChoiceSchema = z.object({
  /**
   * The provider's: `ready` to be opened, no account that reaches the instance, or a provider whose console is not
   * opened from here. Null: the instance belongs to no cloud.
   */
  cloud: z
    .object({
      state: z.enum(['ready', 'noAccount', 'notOffered']),
      provider: z.enum(['aliyun', 'aws', 'azure', 'other']),
      region: z.string(),
      instanceId: z.string(),
    })
    .nullable(),
  /** `exposed`: what is typed can be read on the way. Null: the profile names no VNC server. */
  vnc: vncSchema.extend({ exposed: z.boolean() }).nullable(),
});
export type ConsoleChoice = z.infer<typeof consoleChoiceSchema>;

/** A console window that is open. */
export const openConsoleSchema = z.object({
  id: instanceIdSchema,
  kind: kindSchema,
  openedAtMs: z.number(),
  /** Until when the cloud's address could be used to connect; null for VNC. */
  addressValidUntilMs: z.number().nullable(),
});
export type OpenConsole = z.infer<typeof openConsoleSchema>;

export const consoleRequests = {
  console: {
    /** Nothing is asked of the cloud. */
    describe: { input: byId, output: consoleChoiceSchema },
    /** Opens the window. The cloud's address goes from the cloud to that window and comes by here never. */
    open: { input: byId.extend({ kind: kindSchema }), output: nothing },
    /** Sets the password that the cloud's console asks for. */
    setPassword: {
      input: byId.extend({
        password: z
          .string()
          .max(64)
          .refine((text) => brokenVncPasswordRules(text).length === 0),
      }),
      output: nothing,
    },
  },
} as const;

/** What the snapshot holds of the console windows. */
export const consoleSnapshotSchema = z.object({ consoles: z.array(openConsoleSchema) });
