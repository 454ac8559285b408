import { z } from 'zod';
import { phraseSchema } from './account-status';
import { auditPageSchema, auditQuerySchema } from './audit';
import { errorSchema } from './errors';
import { instanceIdSchema } from './instance';
import {
  cidrSchema,
  driftDecisionsSchema,
  driftItemSchema,
  isolationViewSchema,
  planKindSchema,
  planSchema,
  recipeSchema,
  refusalSchema,
  strategySchema,
} from './isolation';
import { cloudInstanceSchema } from './network';

const nothing = z.null();
const byId = z.object({ id: instanceIdSchema });

/** A way to sign in at a cloud provider. Its secret lies in the vault; only the key's id is shown, shortened. */
export const cloudAccountSchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.literal('aliyun'),
  origin: z.enum(['typed', 'environment', 'aliyunCli']),
  accessKeyIdShown: z.string(),
  roleArn: z.string().nullable(),
  hasSessionToken: z.boolean(),
  regions: z.array(z.string()),
  secretState: z.enum(['saved', 'session', 'missing']),
});
export type CloudAccount = z.infer<typeof cloudAccountSchema>;

/** Keys found on this computer; imported by their id here, so that the secret never passes through the window. */
export const importableAccountSchema = z.object({
  key: z.string(),
  origin: z.enum(['environment', 'aliyunCli']),
  name: z.string(),
  mode: z.string(),
  region: z.string().nullable(),
  accessKeyIdShown: z.string().nullable(),
  /** Why it cannot be used; null when it can. */
  unsupported: phraseSchema.nullable(),
  warning: phraseSchema.nullable(),
});

/** What listing a region suggests for one of its instances. */
export const discoverySuggestionSchema = z.object({
  instance: cloudInstanceSchema,
  action: z.enum(['create', 'link', 'known']),
  /** The profile that it is, or would be linked to. */
  profileId: instanceIdSchema.nullable(),
  address: z.string().nullable(),
});
export type DiscoverySuggestion = z.infer<typeof discoverySuggestionSchema>;

/** The plan for one instance as it is shown before anything is done, or why there is none. */
export const planPreviewSchema = z.object({
  id: instanceIdSchema,
  /** Names exactly this plan: what is applied is what was shown. */
  previewId: z.string(),
  plan: planSchema.nullable(),
  refusal: refusalSchema.nullable(),
  error: errorSchema.nullable(),
  drift: z.array(driftItemSchema),
});
export type PlanPreview = z.infer<typeof planPreviewSchema>;

/** The plans that did not begin; all others have. */
export const notBegunSchema = z.object({
  /** The rules changed since these were shown: nothing was done, here is the new plan of each. */
  replaced: z.array(planPreviewSchema),
  refused: z.array(z.object({ id: instanceIdSchema, error: errorSchema })),
});
export type NotBegun = z.infer<typeof notBegunSchema>;

/** The admin's changed address, offered for the instances that trust the old one. */
export const addressOfferSchema = z.object({
  id: instanceIdSchema,
  oldCidr: z.string(),
  newCidr: z.string(),
  foundAtMs: z.number(),
});
export type AddressOffer = z.infer<typeof addressOfferSchema>;

export const isolationRequests = {
  isolation: {
    /** Reads the rules again. */
    refresh: { input: z.object({ ids: z.array(instanceIdSchema).min(1).max(500) }), output: nothing },
    plan: {
      input: z.object({
        ids: z.array(instanceIdSchema).min(1).max(500),
        kind: planKindSchema,
        strategy: strategySchema.nullable(),
        trusted: z.array(cidrSchema).max(50),
        reason: z.string().trim().max(500),
        incident: z.string().trim().max(120),
        driftDecisions: driftDecisionsSchema,
      }),
      output: z.array(planPreviewSchema),
    },
    /** Applies exactly the plans that were shown. `typed` holds the instance's name where a plan wants it typed. */
    apply: {
      input: z.object({
        previewIds: z.array(z.string().max(100)).min(1).max(500),
        confirmed: z.literal(true),
        typed: z.string().max(200),
      }),
      output: notBegunSchema,
    },
    /** Stops before the next step; what is closed stays closed. */
    cancel: { input: byId, output: nothing },
    /** After a crash or a failure: go on with what was begun; or a new plan, where there is something new to agree to. */
    resume: { input: byId, output: planPreviewSchema.nullable() },
    recipe: { input: byId, output: recipeSchema },
    /** Saves the recipe as plain text where the admin chooses; null when no place was chosen. */
    saveRecipe: { input: byId, output: z.object({ path: z.string() }).nullable() },
    /** Puts an offered address in the old one's place: leads to a preview. */
    answerOffer: {
      input: z.object({ id: instanceIdSchema, answer: z.enum(['plan', 'dismiss']) }),
      output: planPreviewSchema.nullable(),
    },
  },
  publicAddress: {
    find: {
      input: nothing,
      output: z.array(
        z.object({ service: z.string(), address: z.string().nullable(), error: errorSchema.nullable() }),
      ),
    },
  },
  cloud: {
    importable: { input: nothing, output: z.array(importableAccountSchema) },
    saveAccount: {
      input: z.object({
        id: z.string().max(100).nullable(),
        name: z.string().trim().min(1).max(120),
        /** Null keeps the one that is there: the window knows it only shortened. */
        accessKeyId: z.string().trim().min(1).max(128).nullable(),
        roleArn: z.string().trim().max(300).nullable(),
        regions: z.array(z.string().trim().min(1).max(64)).max(50),
        /** Travels to the vault and never back; null keeps what is there. */
        secret: z
          .object({
            accessKeySecret: z.string().min(1).max(256),
            securityToken: z.string().max(4096).nullable(),
          })
          .nullable(),
      }),
      output: cloudAccountSchema,
    },
    importAccount: { input: z.object({ key: z.string().max(200) }), output: cloudAccountSchema },
    deleteAccount: { input: z.object({ id: z.string().max(100) }), output: nothing },
    checkAccount: { input: z.object({ id: z.string().max(100) }), output: nothing },
    regions: {
      input: z.object({ id: z.string().max(100) }),
      output: z.array(z.object({ id: z.string(), name: z.string() })),
    },
    discover: {
      input: z.object({ id: z.string().max(100), region: z.string().max(64) }),
      output: z.array(discoverySuggestionSchema),
    },
    adopt: {
      input: z.object({
        id: z.string().max(100),
        region: z.string().max(64),
        instanceIds: z.array(z.string().max(128)).min(1).max(500),
        sshUser: z.string().trim().min(1).max(256),
      }),
      output: z.object({ created: z.number(), linked: z.number() }),
    },
    ramPolicy: {
      input: z.object({ purposes: z.array(z.enum(['view', 'isolate', 'unlock'])).min(1) }),
      output: z.object({ text: z.string() }),
    },
  },
  audit: {
    page: { input: auditQuerySchema, output: auditPageSchema },
    /** Saves the whole trail where the admin chooses; null when no place was chosen. */
    export: {
      input: z.object({ format: z.enum(['json', 'csv']) }),
      output: z.object({ path: z.string(), rows: z.number() }).nullable(),
    },
  },
} as const;

/** What the snapshot holds beside the fleet. */
export const isolationSnapshotSchema = z.object({
  isolation: z.array(isolationViewSchema.extend({ id: instanceIdSchema })),
  cloudAccounts: z.array(cloudAccountSchema),
  addressOffers: z.array(addressOfferSchema),
});

/** The settings of isolation and restore. */
export const isolationSettingsSchema = z.object({
  /** Replace a changed address by itself, without asking. */
  followAddressByItself: z.boolean(),
  /** Ids of the public-address services asked, in order; `own` is `ownAddressService`. */
  addressServices: z.array(z.string().max(40)).max(10),
  /** An https address that answers with the caller's address as text. */
  ownAddressService: z.string().max(300),
  adminName: z.string().max(120),
});
