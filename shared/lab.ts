import { z } from 'zod';
import { cloudReferenceSchema } from './instance';

/** Where the drill stands. */
const labPhaseSchema = z.enum([
  'waiting',
  'quiet',
  'attack',
  'locked',
  'relief',
  'proof',
  'calm',
  'finished',
]);
export type LabPhase = z.infer<typeof labPhaseSchema>;

/** An account as it truly is on a practice instance: what the app should find out by itself. */
const labAccountSchema = z.object({
  name: z.string(),
  state: z.enum(['locked', 'counting', 'clear']),
  badPasswordCount: z.number(),
  threshold: z.number(),
  /** Null: not locked, or only an admin ends it. */
  unlocksAtMs: z.number().nullable(),
});
export type LabAccount = z.infer<typeof labAccountSchema>;

/** What became of an attack's tries at Remote Desktop; the rates are those of the last ten seconds. */
const labAttackSchema = z.object({
  /** Reached the instance, and were judged by its accounts. */
  allowed: z.number().int(),
  /** Kept out by the security groups of the stand-in cloud. */
  blocked: z.number().int(),
  allowedPerSecond: z.number(),
  blockedPerSecond: z.number(),
});
export type LabAttack = z.infer<typeof labAttackSchema>;

const labInstanceSchema = z.object({
  name: z.string(),
  computer: z.string(),
  port: z.number().int(),
  /** Catalogue key of what this instance is there to show. */
  storyKey: z.string(),
  underAttack: z.boolean(),
  attack: labAttackSchema.optional(),
  /** Who is signed in at its console; null: nobody. */
  console: z.object({ signedIn: z.string().nullable() }).optional(),
  /** What became of the last `rdpSignIn`: `blocked` by the security groups, `refused` by the instance. */
  rdpSignIn: z
    .object({ account: z.string(), outcome: z.enum(['signedIn', 'refused', 'blocked']), atMs: z.number() })
    .optional(),
  accounts: z.array(labAccountSchema),
});

export const labStateSchema = z.object({
  running: z.boolean(),
  paused: z.boolean(),
  /** Divides the waits between what people and attackers do; every event's time is real. */
  speed: z.number(),
  /** Null: no drill is played. */
  phase: labPhaseSchema.nullable(),
  startedAtMs: z.number(),
  instances: z.array(labInstanceSchema),
  /** The simulated public address that the admin comes from. */
  adminAddress: z.string().optional(),
  /** Accounts of the practice domain that are locked, by the PDC's word. */
  directory: z.object({ locked: z.array(z.string()) }).optional(),
});
export type LabState = z.infer<typeof labStateSchema>;

/** How to reach a practice instance: what a connection profile needs. The password guards nothing real. */
const labEndpointSchema = z.object({
  name: z.string(),
  host: z.literal('127.0.0.1'),
  port: z.number().int(),
  user: z.string(),
  password: z.string(),
  privateKeyPath: z.string(),
  rdpPort: z.number().int(),
  group: z.string(),
  hostKeyFingerprint: z.string(),
  /** Where the instance is in the stand-in cloud. */
  cloud: cloudReferenceSchema.optional(),
  /** Where its Remote Desktop port is on this computer: open while its security groups let the admin in. */
  rdpDoor: z
    .object({
      host: z.literal('127.0.0.1'),
      port: z.number().int(),
      /** The address that stands for it in the stand-in cloud. */
      publicAddress: z.string().nullable(),
    })
    .optional(),
  /** Its console over VNC; the password of the port itself, null for none. */
  vnc: z
    .object({
      host: z.literal('127.0.0.1'),
      port: z.number().int(),
      password: z.string().nullable(),
    })
    .optional(),
  /** What a person signs in with, at the console or over Remote Desktop. */
  accounts: z.array(z.object({ name: z.string(), password: z.string() })).optional(),
});
export type LabEndpoint = z.infer<typeof labEndpointSchema>;

/** How to reach the stand-in cloud. The key guards nothing real. */
const labCloudSchema = z.object({
  ecs: z.object({
    endpoint: z.string(),
    region: z.string(),
    accessKeyId: z.string(),
    accessKeySecret: z.string(),
  }),
  /** Answers the admin's simulated public address as text. */
  publicAddressUrl: z.string(),
});
export type LabCloud = z.infer<typeof labCloudSchema>;

/** How to reach the practice domain's controllers. Its passwords guard nothing real. */
const labDirectorySchema = z.object({
  domain: z.string(),
  bindUser: z.string(),
  password: z.string(),
  controllers: z.array(
    z.object({
      /** DNS name; reached by it, on 389 and 636, through the SSH server of any practice instance. */
      name: z.string(),
      host: z.literal('127.0.0.1'),
      /** LDAP with StartTLS. */
      port: z.number().int(),
      ldapsPort: z.number().int(),
      pdc: z.boolean(),
      certificatePem: z.string(),
      /** SHA-256, upper-case hex in pairs with colons. */
      fingerprint: z.string(),
    }),
  ),
  accounts: z.array(z.object({ name: z.string(), password: z.string() })),
});
export type LabDirectory = z.infer<typeof labDirectorySchema>;

const on = { instance: z.string() };
/** What can be made to happen on a practice instance. */
export const labTriggerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attack'), ...on }),
  z.object({ kind: z.literal('stopAttack'), ...on }),
  z.object({ kind: z.literal('adminUnlock'), ...on, account: z.string() }),
  /** Somebody signs in at the console with the right password. */
  z.object({ kind: z.literal('consoleSignIn'), ...on, account: z.string() }),
  /** The admin signs in over Remote Desktop with the right password, from the admin's simulated address. */
  z.object({ kind: z.literal('rdpSignIn'), ...on, account: z.string() }),
  z.object({ kind: z.literal('clearLog'), ...on }),
  z.object({ kind: z.literal('rebuildLog'), ...on }),
  z.object({ kind: z.literal('dropConnections'), ...on }),
  z.object({ kind: z.literal('dropMidAnswer'), ...on, afterBytes: z.number().int().min(0) }),
  z.object({ kind: z.literal('hang'), ...on, at: z.enum(['banner', 'command']) }),
  z.object({ kind: z.literal('changeHostKey'), ...on }),
  z.object({ kind: z.literal('refusePassword'), ...on }),
  z.object({ kind: z.literal('refuseKey'), ...on }),
  z.object({ kind: z.literal('goDown'), ...on }),
  z.object({ kind: z.literal('comeUp'), ...on }),
  z.object({ kind: z.literal('clockOff'), ...on, minutes: z.number() }),
  z.object({ kind: z.literal('brokenRecords'), ...on }),
  z.object({
    kind: z.literal('hugeEvent'),
    ...on,
    bytes: z
      .number()
      .int()
      .min(1)
      .max(64 * 1024 * 1024),
  }),
  z.object({ kind: z.literal('denySecurityLog'), ...on }),
  z.object({ kind: z.literal('auditingOff'), ...on }),
  /** The admin's simulated public address becomes another one, for every instance. */
  z.object({ kind: z.literal('moveAdmin'), address: z.union([z.ipv4(), z.ipv6()]) }),
  /** Wrong passwords for an account of the practice domain, at one of its controllers. */
  z.object({
    kind: z.literal('directoryGuess'),
    account: z.string(),
    times: z.number().int().min(1).max(1_000),
    at: z.enum(['dc1', 'dc2']),
  }),
  /** One controller of the practice domain goes down, or comes up again. */
  z.object({ kind: z.literal('controllerPower'), controller: z.enum(['dc1', 'dc2']), up: z.boolean() }),
  /** Ends every fault on the instance's server; its clock and its channels are right again. */
  z.object({ kind: z.literal('recover'), ...on }),
]);
export type LabTrigger = z.infer<typeof labTriggerSchema>;

const labSpeedSchema = z.number().min(1).max(20);

/** What the lab's process is told. */
export const labCommandSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    dataDir: z.string().min(1),
    seed: z.string().min(1).max(80),
    speed: labSpeedSchema,
    drill: z.enum(['live', 'once', 'none']),
  }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('speed'), speed: labSpeedSchema }),
  z.object({ kind: z.literal('trigger'), trigger: labTriggerSchema }),
  z.object({ kind: z.literal('stop') }),
]);
export type LabCommand = z.infer<typeof labCommandSchema>;

/** What the lab's process says. */
export const labReportSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    endpoints: z.array(labEndpointSchema),
    state: labStateSchema,
    cloud: labCloudSchema.optional(),
    directory: labDirectorySchema.optional(),
  }),
  z.object({ kind: z.literal('state'), state: labStateSchema }),
  z.object({ kind: z.literal('refused'), reason: z.enum(['malformed', 'notRunning', 'unknownInstance']) }),
  z.object({ kind: z.literal('failed'), detail: z.string() }),
  z.object({ kind: z.literal('stopped') }),
]);
export type LabReport = z.infer<typeof labReportSchema>;

/** Catalogue keys of the words that mark everything from the lab as practice. */
export const LAB_LABEL = { badge: 'lab.badge', group: 'lab.group', banner: 'lab.banner' } as const;

/** The group that practice instances are put into. */
export const LAB_GROUP = 'Practice lab';
