import { z } from 'zod';
import { phraseSchema } from './account-status';
import { instanceIdSchema } from './instance';
import { cloudInstanceSchema } from './network';

/** Accounts of a cloud, what discovery suggests, and the admin's public address. No secret is in any of these. */

const accessKeyIdSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._-]{1,128}$/, 'accessKeyId');

/** Where an account's key is. The secret parts lie in the vault under the account's id. */
export const cloudKeySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accessKey'), accessKeyId: accessKeyIdSchema }),
  z.object({ kind: z.literal('stsToken'), accessKeyId: accessKeyIdSchema }),
  /** Read from the environment of the app at the moment of each call. */
  z.object({ kind: z.literal('environment') }),
]);
export type CloudKey = z.infer<typeof cloudKeySchema>;

/** A role that the key assumes; calls are then made with the role's temporary credentials. */
export const cloudRoleSchema = z.object({
  arn: z
    .string()
    .trim()
    .regex(/^acs:ram::\d{1,32}:role\/[\w./@-]{1,128}$/, 'roleArn'),
  sessionName: z
    .string()
    .trim()
    .regex(/^[\w.@-]{2,64}$/, 'roleSessionName'),
  externalId: z
    .string()
    .trim()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'externalId')
    .nullable(),
  durationSeconds: z.number().int().min(900).max(43_200),
});
export type CloudRole = z.infer<typeof cloudRoleSchema>;

const regionSchema = z
  .string()
  .trim()
  .regex(/^[a-z]{2}[a-z0-9-]{1,38}$/, 'region');

export const cloudAccountFieldsSchema = z.object({
  name: z.string().trim().min(1).max(120),
  provider: z.literal('aliyun'),
  key: cloudKeySchema,
  role: cloudRoleSchema.nullable(),
  /** The regions that this account is asked about, the first one for what belongs to none. */
  regions: z.array(regionSchema).max(60),
  /** An endpoint instead of the cloud's own: https, or http on this computer. */
  endpoint: z.string().trim().max(300).nullable(),
  /** From where it was taken over, if it was not typed. */
  importedFrom: z.literal('aliyunCli').optional(),
});
export type CloudAccountFields = z.infer<typeof cloudAccountFieldsSchema>;

export const cloudAccountIdSchema = z.uuid();
export const cloudAccountSchema = cloudAccountFieldsSchema.extend({
  id: cloudAccountIdSchema,
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
});
export type CloudAccount = z.infer<typeof cloudAccountSchema>;

const secretText = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,8192}$/, 'secret');
/** What is typed into the form: travels to the vault, never back. */
export const cloudSecretsSchema = z.object({
  accessKeySecret: secretText.optional(),
  securityToken: secretText.optional(),
});
export type CloudSecretsInput = z.infer<typeof cloudSecretsSchema>;

/** One profile of the aliyun command line, as it may be imported. */
export const cliProfileSchema = z.object({
  name: z.string(),
  mode: z.string(),
  /** The one that the command line uses when none is named. */
  current: z.boolean(),
  accessKeyId: z.string().nullable(),
  roleArn: z.string().nullable(),
  region: z.string().nullable(),
  /** Null when it can be imported; otherwise why it cannot. */
  refusal: phraseSchema.nullable(),
});
export type CliProfile = z.infer<typeof cliProfileSchema>;

export const cliImportSchema = z.object({
  file: z.string(),
  profiles: z.array(cliProfileSchema),
  warnings: z.array(phraseSchema),
});
export type CliImport = z.infer<typeof cliImportSchema>;

/** What the admin wants to do in the cloud; each adds to the policy that the credentials need. */
export const cloudAimSchema = z.enum(['view', 'isolate', 'unlock']);
export type CloudAim = z.infer<typeof cloudAimSchema>;

/** What discovery proposes for one instance of a region. */
export const discoveredSchema = z.object({
  instance: cloudInstanceSchema,
  /** `create` a profile, `link` one that is there to the instance, or nothing: `known`. */
  action: z.enum(['create', 'link', 'known']),
  /** The profile to link, or that is linked. */
  profileId: instanceIdSchema.nullable(),
  /** By what the profile was recognised. */
  by: z.enum(['reference', 'address', 'name']).nullable(),
  suggestion: z.object({ name: z.string(), host: z.string().nullable() }),
});
export type Discovered = z.infer<typeof discoveredSchema>;

export const discoverySchema = z.object({
  region: z.string(),
  /** Windows, and those whose system the cloud does not tell. */
  instances: z.array(discoveredSchema),
  /** How many others were left out because they run something else. */
  otherSystems: z.number().int(),
});
export type Discovery = z.infer<typeof discoverySchema>;

/** One address as services tell it, with the names of those services. */
export const toldAddressSchema = z.object({ address: z.string(), services: z.array(z.string()) });

/** The public address of one family: what was told, by the most services first. Several: they disagree. */
export const publicAddressSchema = z.object({
  ipv4: z.array(toldAddressSchema),
  ipv6: z.array(toldAddressSchema),
  /** Services that told nothing. */
  silent: z.array(z.string()),
});
export type PublicAddress = z.infer<typeof publicAddressSchema>;
