import { z } from 'zod';
import { instanceIdSchema } from './instance';
import { rdpProofSchema, rdpRunSchema, rdpViaSchema } from './rdp';
import { rdpClientIdSchema, rdpGatewaySchema, rdpUserSchema } from './rdp-client';

const nothing = z.null();
const byId = z.object({ id: instanceIdSchema });

export const rdpRequests = {
  rdp: {
    /** Looks once and answers when the verdict stands; the snapshot tells how far it is. */
    probe: { input: z.object({ id: instanceIdSchema, via: rdpViaSchema }), output: rdpProofSchema },
    cancel: { input: byId, output: nothing },
    /** The admin's word that the changed certificate of the last proof is the instance's new one. */
    acceptCertificate: {
      input: z.object({ id: instanceIdSchema, fingerprint: z.string().max(100) }),
      output: nothing,
    },
    /** The clients found on this computer, the system's own first. */
    clients: {
      input: nothing,
      output: z.array(
        z.object({
          id: rdpClientIdSchema,
          /** What it is called; a name of its own, the same in every language. */
          name: z.string(),
          /** It asks for the password in a terminal window, which is opened for it. */
          inTerminal: z.boolean(),
        }),
      ),
    },
    /** Starts a client. It asks for the password itself; none ever passes through here. */
    connect: {
      input: z.object({
        id: instanceIdSchema,
        client: rdpClientIdSchema,
        user: rdpUserSchema.nullable(),
        gateway: rdpGatewaySchema.nullable(),
        fullScreen: z.boolean(),
      }),
      output: nothing,
    },
  },
} as const;

/** What the snapshot holds of it. */
export const rdpSnapshotSchema = z.object({
  /** The last proof of each instance and way, newest first. */
  rdpProofs: z.array(rdpProofSchema),
  rdpRuns: z.array(rdpRunSchema),
});
