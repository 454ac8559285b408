import { z } from 'zod';
import { rdpGatewaySchema, rdpUserSchema } from './rdp-client';

const port = z.number().int().min(1).max(65_535);
/** A host name, IPv4 or IPv6 address; what resolves is the network's word. */
const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[^\s/\\@'"`;|&<>]+$/, 'host');
const userName = z.string().trim().min(1).max(256);

export const instanceIdSchema = z.uuid();
export type InstanceId = string;

/** How to authenticate over SSH. The secret itself is never here: it lies in the vault under a slot name. */
export const authenticationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent') }),
  z.object({ kind: z.literal('key'), path: z.string().min(1).max(4096), encrypted: z.boolean() }),
  z.object({ kind: z.literal('password') }),
]);
export type Authentication = z.infer<typeof authenticationSchema>;

export const sshEndpointSchema = z.object({
  host,
  port,
  user: userName,
  authentication: authenticationSchema,
});
export type SshEndpoint = z.infer<typeof sshEndpointSchema>;

export const watchLevelSchema = z.enum(['close', 'normal', 'relaxed', 'off']);
export type WatchLevel = z.infer<typeof watchLevelSchema>;

export const cloudReferenceSchema = z.object({
  provider: z.enum(['aliyun', 'aws', 'azure', 'other']),
  region: z.string().trim().max(64),
  instanceId: z.string().trim().min(1).max(128),
  /** The cloud account that reads and changes it; without one, the first account that knows the region. */
  accountId: z.string().max(100).optional(),
});
export type CloudReference = z.infer<typeof cloudReferenceSchema>;

/** A VNC server that shows the instance's screen: the hypervisor's, or one that runs beside it. */
export const vncSchema = z.object({
  /** As the computer at the end of the tunnel names it, where there is one. */
  host,
  port,
  /** From here; through SSH from the instance itself; through SSH from its last jump host. */
  via: z.enum(['direct', 'ssh', 'jumpHost']),
});
export type Vnc = z.infer<typeof vncSchema>;

export const profileFieldsSchema = z.object({
  name: z.string().trim().min(1).max(120),
  group: z.string().trim().max(120),
  tags: z.array(z.string().trim().min(1).max(40)).max(20),
  ssh: sshEndpointSchema,
  /** Jump hosts in the order they are passed, outermost first. */
  jumpHosts: z.array(sshEndpointSchema).max(3),
  rdpPort: port,
  /** Where Remote Desktop is reached, when that is not the SSH host. */
  rdpHost: host.optional(),
  /** Who signs in over Remote Desktop; no password is ever kept for it. */
  rdpUser: rdpUserSchema.optional(),
  /** The RD Gateway that clients go through. */
  rdpGateway: rdpGatewaySchema.optional(),
  membership: z.enum(['standalone', 'domain']),
  cloud: cloudReferenceSchema.nullable(),
  vnc: vncSchema.optional(),
  watch: watchLevelSchema,
});
export type ProfileFields = z.infer<typeof profileFieldsSchema>;

export const connectionProfileSchema = profileFieldsSchema.extend({
  id: instanceIdSchema,
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
});
export type ConnectionProfile = z.infer<typeof connectionProfileSchema>;

/** Where in the chain a secret or a host key belongs: the instance itself or its n-th jump host. */
export const hopSchema = z.union([
  z.literal('instance'),
  z.literal('jump0'),
  z.literal('jump1'),
  z.literal('jump2'),
]);
export type Hop = z.infer<typeof hopSchema>;

/** Secrets typed into the form: key passphrase or password by hop. Travels from the form to the vault, never back. */
export const hopSecretsSchema = z.partialRecord(hopSchema, z.string().min(1).max(4096));
export type HopSecrets = z.infer<typeof hopSecretsSchema>;

/** A host key as it is shown to a person. */
export const hostKeySchema = z.object({
  hop: hopSchema,
  host: z.string(),
  port,
  algorithm: z.string(),
  /** OpenSSH's form: `SHA256:` and base64 without padding. */
  fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
});
export type HostKey = z.infer<typeof hostKeySchema>;

/** A host key that waits for the admin: seen for the first time, or not the one that was pinned. */
export const hostKeyQuestionSchema = z.object({
  instanceId: instanceIdSchema.nullable(),
  key: hostKeySchema,
  /** Null on first contact. */
  pinned: hostKeySchema.nullable(),
  /** Whether `known_hosts` holds this very key, holds another one, or does not know the host. */
  knownHosts: z.enum(['matches', 'differs', 'unknown']),
});
export type HostKeyQuestion = z.infer<typeof hostKeyQuestionSchema>;
