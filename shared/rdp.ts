import { z } from 'zod';
import { phraseSchema } from './account-status';
import { errorSchema } from './errors';
import { instanceIdSchema } from './instance';

/** What an RDP server chose in its negotiation answer, MS-RDPBCGR 2.2.1.2.1; `standard` is RDP's own encryption. */
export const rdpSecuritySchema = z.enum(['standard', 'tls', 'nla', 'nlaExtended', 'rdsTls', 'rdsAad']);
export type RdpSecurity = z.infer<typeof rdpSecuritySchema>;

/**
 * What the probe concludes. `filtered`: no answer at all, as behind a rule that drops. `closedByRule`: the same, and
 * the rules that were read say so. `noService`: the computer refused the port. `notRdp`: something else answers.
 */
export const rdpVerdictSchema = z.enum([
  'rdpWithNla',
  'rdpWithoutNla',
  'notRdp',
  'noService',
  'closedByRule',
  'filtered',
  'unreachable',
  'unknown',
]);
export type RdpVerdict = z.infer<typeof rdpVerdictSchema>;

export const rdpCertificateSchema = z.object({
  /** SHA-256 of the certificate, upper-case hex in pairs with colons. */
  fingerprint: z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
  subject: z.string(),
  issuer: z.string(),
  selfSigned: z.boolean(),
  validFromMs: z.number(),
  validToMs: z.number(),
  /** The one that was seen last time and is not this one; null: the same, or none was seen before. */
  previousFingerprint: z.string().nullable(),
  firstSeen: z.boolean(),
});
export type RdpCertificate = z.infer<typeof rdpCertificateSchema>;

/** What a probe does, in this order; through a tunnel, `tunnel` stands for the first two. */
export const rdpStepNameSchema = z.enum(['name', 'connect', 'tunnel', 'negotiate', 'encrypt']);
export type RdpStepName = z.infer<typeof rdpStepNameSchema>;

export const rdpStepSchema = z.object({
  step: rdpStepNameSchema,
  passed: z.boolean(),
  /** How long it took, in milliseconds. */
  ms: z.number(),
});
export type RdpStep = z.infer<typeof rdpStepSchema>;

export const rdpViaSchema = z.enum(['here', 'tunnel']);
export type RdpVia = z.infer<typeof rdpViaSchema>;

/** One look at an instance's Remote Desktop port. Never made with credentials: a failure would count. */
export const rdpProofSchema = z.object({
  instanceId: instanceIdSchema,
  atMs: z.number(),
  /** `tunnel`: from the instance itself, through its SSH connection. */
  via: rdpViaSchema,
  host: z.string(),
  port: z.number().int(),
  verdict: rdpVerdictSchema,
  /** In words, with what it should be where it is not. */
  reasons: z.array(phraseSchema),
  security: rdpSecuritySchema.nullable(),
  /**
   * Whether it refuses clients without network level authentication: asked over a second connection once the verdict
   * stands. Null: not asked, not known yet, or not told.
   */
  nlaRequired: z.boolean().nullable(),
  certificate: rdpCertificateSchema.nullable(),
  /** What was done, each step with its time; the last one may have failed. */
  steps: z.array(rdpStepSchema),
  /** Milliseconds from the TCP SYN to its answer; null when it was not answered. */
  roundTripMs: z.number().nullable(),
  durationMs: z.number(),
  error: errorSchema.nullable(),
});
export type RdpProof = z.infer<typeof rdpProofSchema>;

/** A probe that runs. */
export const rdpRunSchema = z.object({
  instanceId: instanceIdSchema,
  via: rdpViaSchema,
  startedAtMs: z.number(),
  step: rdpStepNameSchema,
});
export type RdpRun = z.infer<typeof rdpRunSchema>;
