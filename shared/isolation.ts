import { z } from 'zod';
import { phraseSchema } from './account-status';
import { normaliseCidr } from './cidr';
import { errorSchema } from './errors';
import {
  describedCallSchema,
  ingressRuleSchema,
  networkChangeSchema,
  networkSnapshotSchema,
} from './network';

/** An address block as an admin types it, turned into its one spelling (`203.0.113.7` becomes `203.0.113.7/32`). */
export const cidrSchema = z
  .string()
  .trim()
  .max(64)
  .refine((text) => normaliseCidr(text) !== null, 'cidr')
  .transform((text) => normaliseCidr(text) ?? text);

export const instanceRefSchema = z.object({
  region: z.string(),
  instanceId: z.string(),
  name: z.string(),
});
export type IsolationInstance = z.infer<typeof instanceRefSchema>;

// ---- exposure: through what RDP can be reached ----

/** Most dangerous first; rows are sorted by it. */
export const dangerSchema = z.enum(['world', 'unreadable', 'group', 'wide', 'narrow', 'trusted']);
export type Danger = z.infer<typeof dangerSchema>;

export const ruleNameSchema = z.object({
  groupId: z.string(),
  ruleId: z.string().nullable(),
  policy: z.enum(['accept', 'drop']),
  priority: z.number(),
});
export type RuleName = z.infer<typeof ruleNameSchema>;

/** One accepting rule on one interface, and what is left of it after all rules of all the interface's groups. */
export const exposureRowSchema = z.object({
  key: z.string(),
  interfaceId: z.string(),
  primaryInterface: z.boolean(),
  groupId: z.string(),
  groupName: z.string(),
  managedGroup: z.boolean(),
  /** Other instances that carry the group. */
  sharedWith: z.number(),
  rule: ingressRuleSchema,
  transports: z.array(z.enum(['tcp', 'udp'])),
  family: z.enum(['ipv4', 'ipv6', 'both']),
  danger: dangerSchema,
  /**
   * `effective`: everything it names gets in through it. `partial`: some. `shadowed`: earlier rules decide all of it.
   * `dormant`: it would, but the interface has no address of its family.
   */
  effect: z.enum(['effective', 'partial', 'shadowed', 'dormant']),
  /** What gets in through it, as least blocks: the first few, and whether there are more. */
  lets: z.array(z.string()),
  letsMore: z.boolean(),
  /** The first rules that decide before it. */
  shadowedBy: z.array(ruleNameSchema),
  /** True when its list or source could not be read, so that it counts as letting everything in. */
  unreadable: z.boolean(),
  /** Ports besides RDP that a change of this rule would touch. */
  otherPorts: z.boolean(),
});
export type ExposureRow = z.infer<typeof exposureRowSchema>;

/** A way in that no rule stops, or that rules cannot tell of. */
export const remainingPathSchema = z.discriminatedUnion('kind', [
  /** Members of a basic group that lets its own in before any rule is looked at. */
  z.object({
    kind: z.literal('sameGroup'),
    certain: z.literal(true),
    interfaceId: z.string(),
    groupId: z.string(),
    groupName: z.string(),
    members: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  /** A listener of a load balancer passes security groups by; whether there is one cannot be read here. */
  z.object({ kind: z.literal('loadBalancer'), certain: z.literal(false) }),
]);
export type RemainingPath = z.infer<typeof remainingPathSchema>;

export const reachableSchema = z.object({
  /** Least blocks that reach the TCP port by address, the first few of them. */
  ipv4: z.array(z.string()),
  ipv6: z.array(z.string()),
  more: z.boolean(),
});

export const exposureSchema = z.object({
  takenAtMs: z.number(),
  rdpPort: z.number(),
  /**
   * Of the TCP port, by rules, over all interfaces. `trustedOnly`: only trusted addresses get in; whether all of
   * them do is in `trustedShutOut`. `open` also when a list is unreadable. `unknown`: the snapshot lacks what decides.
   */
  verdict: z.enum(['open', 'trustedOnly', 'closed', 'unknown']),
  /** The same of the UDP port, which only speeds up a connection that TCP has made. */
  udp: z.enum(['open', 'trustedOnly', 'closed', 'unknown']),
  reasons: z.array(phraseSchema),
  rows: z.array(exposureRowSchema),
  remaining: z.array(remainingPathSchema),
  reachable: reachableSchema,
  /** Of the trusted blocks, what does not reach the primary interface; empty without trusted blocks. */
  trustedShutOut: z.array(z.string()),
});
export type Exposure = z.infer<typeof exposureSchema>;

// ---- plans ----

export const strategySchema = z.enum(['overlayDeny', 'deleteRules', 'dropRules']);
export type Strategy = z.infer<typeof strategySchema>;

/** Where the denying rules lie: in a group of their own, or scoped by destination in a group that was there. */
export const denyPlaceSchema = z.enum(['overlayGroup', 'scopedRules', 'changedRules']);
export type DenyPlace = z.infer<typeof denyPlaceSchema>;

export const planKindSchema = z.enum(['isolate', 'restoreToTrust', 'undo', 'followAddress']);
export type PlanKind = z.infer<typeof planKindSchema>;

export const planStepSchema = z.object({
  /** Unique within the plan, stable for the same input. */
  id: z.string(),
  change: networkChangeSchema,
  phrase: phraseSchema,
  /** Filled from the provider's `describe`; empty as the planner makes it. */
  calls: z.array(describedCallSchema),
  /** True: read again and find this step's and all earlier effects in the cloud before the next step. */
  checkpoint: z.boolean(),
});
export type PlanStep = z.infer<typeof planStepSchema>;

export const blastGroupSchema = z.object({
  groupId: z.string(),
  groupName: z.string(),
  instances: z.array(z.object({ id: z.string(), name: z.string() })),
  /** True when ports besides RDP change for them too. */
  otherPorts: z.boolean(),
});
export type BlastGroup = z.infer<typeof blastGroupSchema>;

export const alternativeSchema = z.object({
  strategy: strategySchema,
  possible: z.boolean(),
  /** Why it was not chosen, or why it cannot be done. */
  reason: phraseSchema,
  /** Other instances it would touch; null when it cannot be done. */
  otherInstances: z.number().nullable(),
  minimumCalls: z.number().nullable(),
});
export type Alternative = z.infer<typeof alternativeSchema>;

export const planSchema = z.object({
  id: z.string(),
  kind: planKindSchema,
  instance: instanceRefSchema,
  rdpPort: z.number(),
  strategy: strategySchema,
  place: denyPlaceSchema,
  /** When the snapshot was taken that it rests on: read again and plan anew if the memberships differ by then. */
  basedOnMs: z.number(),
  /** Why this strategy. */
  reason: phraseSchema,
  /** Empty: there is nothing to change. */
  steps: z.array(planStepSchema),
  /** Trusted blocks that get in after it, in their one spelling. */
  trusted: z.array(z.string()),
  blastRadius: z.array(blastGroupSchema),
  warnings: z.array(phraseSchema),
  /** Asked before it is applied: `ask` one more yes, `type` the instance's name typed. */
  confirmation: z.enum(['none', 'ask', 'type']),
  alternatives: z.array(alternativeSchema),
  /** What the exposure function says of the snapshot with all steps done. */
  expected: z.enum(['open', 'trustedOnly', 'closed', 'unknown']),
  /** Changing calls that this plan cannot do without, at `rulesPerCall` rules a call. Reads are not counted. */
  minimumCalls: z.number(),
});
export type Plan = z.infer<typeof planSchema>;

/** Why no plan can be made. `phrase` says it. */
export const refusalSchema = z.object({
  code: z.enum([
    'lockedForSecurity',
    'released',
    'noVpc',
    'incompleteSnapshot',
    'alreadyClosed',
    'alreadyTrusted',
    'strategyImpossible',
    'noStrategy',
    'groupLimit',
    'ruleLimit',
    'badTrusted',
    'blockedByOriginal',
    'nothingRecorded',
  ]),
  phrase: phraseSchema,
});
export type Refusal = z.infer<typeof refusalSchema>;

/** What somebody else changed since the original was recorded; the admin says of each which one is to be. */
export const driftItemSchema = z.object({
  id: z.string(),
  kind: z.enum(['ruleAdded', 'ruleRemoved', 'ruleChanged', 'groupAttached', 'groupDetached', 'groupGone']),
  groupId: z.string(),
  interfaceId: z.string().nullable(),
  phrase: phraseSchema,
  original: ingressRuleSchema.nullable(),
  ours: ingressRuleSchema.nullable(),
  now: ingressRuleSchema.nullable(),
  /** What is done when the admin says nothing: `keep` leaves it as it is now. */
  proposed: z.enum(['keep', 'original']),
  /** False when going back is not possible. */
  canRestore: z.boolean(),
});
export type DriftItem = z.infer<typeof driftItemSchema>;
export const driftDecisionsSchema = z.record(z.string(), z.enum(['keep', 'original']));
export type DriftDecisions = z.infer<typeof driftDecisionsSchema>;

// ---- the recipe: a plan or its way back in words, doable without the app ----

export const recipeLineSchema = z.object({
  /** What to do in the console. */
  console: phraseSchema,
  /** The same as a change; the provider's `describe` makes the calls of it. */
  change: networkChangeSchema,
  calls: z.array(describedCallSchema),
});
export const recipeSchema = z.object({
  title: phraseSchema,
  notes: z.array(phraseSchema),
  lines: z.array(recipeLineSchema),
});
export type Recipe = z.infer<typeof recipeSchema>;

// ---- the journal ----

export const isolationStateSchema = z.enum([
  'none',
  'planned',
  'recorded',
  'applying',
  'isolated',
  'unverified',
  'restoring',
  'restoredToTrust',
  'restored',
  'needsAttention',
  'foreign',
]);
export type IsolationState = z.infer<typeof isolationStateSchema>;

/** Random, at most 64 printable ASCII characters, the same for every retry of its step and of no other. */
export const stepTokenSchema = z.string().regex(/^[\x21-\x7e]{1,64}$/);

export const stepRecordSchema = z.object({
  stepId: z.string(),
  token: stepTokenSchema,
  /** `sent`: a call may have had its effect. `done`: answered or found by reading again. */
  outcome: z.enum(['waiting', 'sent', 'done', 'failed', 'skipped']),
  attempts: z.number(),
  startedAtMs: z.number().nullable(),
  finishedAtMs: z.number().nullable(),
  requestIds: z.array(z.string()),
  /** The id of the group that a `createGroup` step made. */
  groupId: z.string().nullable(),
  error: errorSchema.nullable(),
});
export type StepRecord = z.infer<typeof stepRecordSchema>;

export const verificationSchema = z.object({
  atMs: z.number(),
  verdict: z.enum(['open', 'trustedOnly', 'closed', 'unknown']),
  reasons: z.array(phraseSchema),
  remaining: z.array(remainingPathSchema),
  /** The RDP port tried over TCP from here; a hint only, since here may be trusted or behind a firewall of its own. */
  probe: z.enum(['answered', 'refused', 'timeout', 'notTried']),
});
export type Verification = z.infer<typeof verificationSchema>;

/** One plan carried out under an entry: the isolation, and whatever follows until the original is back. */
export const journalRunSchema = z.object({
  plan: planSchema,
  admin: z.string(),
  startedAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
  steps: z.array(stepRecordSchema),
  verification: verificationSchema.nullable(),
});
export type JournalRun = z.infer<typeof journalRunSchema>;

export const journalVersion = 1;

/** One isolation from before it begins until the original is back. The original is written once, never again. */
export const journalEntrySchema = z.object({
  version: z.literal(journalVersion),
  id: z.string(),
  instance: instanceRefSchema,
  rdpPort: z.number(),
  admin: z.string(),
  reason: z.string(),
  incident: z.string(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  state: isolationStateSchema,
  original: networkSnapshotSchema,
  runs: z.array(journalRunSchema),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** An isolation found in the cloud by its overlay group, made by another admin or another installation. */
export const foreignIsolationSchema = z.object({
  groupIds: z.array(z.string()),
  rdpPort: z.number().nullable(),
  by: z.string(),
  at: z.string(),
  reason: z.string(),
  incident: z.string(),
  /** Blocks that its accepting rules let in. */
  trusted: z.array(z.string()),
});
export type ForeignIsolation = z.infer<typeof foreignIsolationSchema>;

// ---- what a window sees ----

export const isolationViewSchema = z.object({
  instance: instanceRefSchema,
  state: isolationStateSchema,
  rdpPort: z.number(),
  exposure: exposureSchema.nullable(),
  readAtMs: z.number().nullable(),
  readError: errorSchema.nullable(),
  entry: z
    .object({
      id: z.string(),
      admin: z.string(),
      reason: z.string(),
      incident: z.string(),
      createdAtMs: z.number(),
      strategy: strategySchema,
      trusted: z.array(z.string()),
      verification: verificationSchema.nullable(),
    })
    .nullable(),
  foreign: foreignIsolationSchema.nullable(),
  progress: z
    .object({
      planId: z.string(),
      kind: planKindSchema,
      stepsDone: z.number(),
      steps: z.number(),
      current: phraseSchema.nullable(),
    })
    .nullable(),
  /** Why it needs attention. */
  attention: phraseSchema.nullable(),
});
export type IsolationView = z.infer<typeof isolationViewSchema>;
