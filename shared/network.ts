import { z } from 'zod';

/**
 * What a security group lets through to an instance, as the provider's answers say it, freed from its spelling.
 * Nothing is concluded here.
 */

/** Ports from..to inclusive; `all` is the provider's `-1/-1`, and the only value of protocols without ports. */
export const portRangeSchema = z.union([
  z.object({ from: z.number().int(), to: z.number().int() }),
  z.literal('all'),
]);
export type PortRange = z.infer<typeof portRangeSchema>;

/** Where traffic comes from. A list's content is in the snapshot, if it could be read. */
export const ruleSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ipv4'), cidr: z.string() }),
  z.object({ kind: z.literal('ipv6'), cidr: z.string() }),
  z.object({ kind: z.literal('group'), groupId: z.string(), ownerAccount: z.string().nullable() }),
  z.object({ kind: z.literal('prefixList'), listId: z.string() }),
]);
export type RuleSource = z.infer<typeof ruleSourceSchema>;

/** One inbound rule. Everything that tells it from another rule is here: undo compares and restores by it. */
export const ingressRuleSchema = z.object({
  /** The provider's id; null for a rule that does not exist yet. */
  id: z.string().nullable(),
  policy: z.enum(['accept', 'drop']),
  /** 1 (first) to 100. At the same priority a drop goes before an accept. */
  priority: z.number().int(),
  /** `other`: a protocol number that has no name here. It carries no port and is never written back. */
  protocol: z.enum(['tcp', 'udp', 'icmp', 'icmpv6', 'gre', 'all', 'other']),
  ports: portRangeSchema,
  /** Set when the rule names a port list; `ports` is then `all` and means nothing. */
  portListId: z.string().nullable(),
  source: ruleSourceSchema,
  /** Null: every source port. */
  sourcePorts: portRangeSchema.nullable(),
  /** Destination block of a quintuple rule; null: every address of the instance. */
  destination: z.string().nullable(),
  description: z.string(),
});
export type IngressRule = z.infer<typeof ingressRuleSchema>;

export const securityGroupSchema = z.object({
  id: z.string(),
  name: z.string(),
  vpcId: z.string(),
  type: z.enum(['basic', 'enterprise']),
  /** Whether members of a basic group reach each other before any rule is looked at. */
  innerAccess: z.enum(['accept', 'drop']),
  /** Managed by a cloud product: writes fail. */
  managed: z.boolean(),
  tags: z.record(z.string(), z.string()),
  ingress: z.array(ingressRuleSchema),
  /** Every instance that carries this group: the blast radius of a change to it. */
  members: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type SecurityGroup = z.infer<typeof securityGroupSchema>;

export const networkInterfaceSchema = z.object({
  id: z.string(),
  primary: z.boolean(),
  privateAddresses: z.array(z.string()),
  ipv6Addresses: z.array(z.string()),
  publicAddress: z.string().nullable(),
  groupIds: z.array(z.string()),
});
export type NetworkInterface = z.infer<typeof networkInterfaceSchema>;

export const cloudInstanceSchema = z.object({
  id: z.string(),
  name: z.string(),
  region: z.string(),
  system: z.enum(['windows', 'linux', 'unknown']),
  status: z.enum(['pending', 'running', 'starting', 'stopping', 'stopped', 'unknown']),
  /** Locked by the provider for security: no change is possible. */
  lockedForSecurity: z.boolean(),
  publicAddresses: z.array(z.string()),
  privateAddresses: z.array(z.string()),
  vpcId: z.string().nullable(),
});
export type CloudInstance = z.infer<typeof cloudInstanceSchema>;

/** Everything about one instance's inbound side, read together. */
export const networkSnapshotSchema = z.object({
  takenAtMs: z.number(),
  instance: cloudInstanceSchema,
  interfaces: z.array(networkInterfaceSchema),
  groups: z.array(securityGroupSchema),
  /** Blocks of prefix lists by id; null: could not be read, counts as exposing. */
  prefixLists: z.record(z.string(), z.array(z.string()).nullable()),
  /** Ranges of port lists by id; null: could not be read, counts as exposing. */
  portLists: z.record(z.string(), z.array(portRangeSchema).nullable()),
});
export type NetworkSnapshot = z.infer<typeof networkSnapshotSchema>;

const tags = z.record(z.string(), z.string());

/**
 * One change, as data. A group created by an earlier step of the same plan is named by that step's `as`.
 * Every change can be repeated: doing it again when it is done changes nothing.
 */
export const networkChangeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('createGroup'),
    as: z.string(),
    name: z.string(),
    vpcId: z.string(),
    type: z.enum(['basic', 'enterprise']),
    description: z.string(),
    tags,
  }),
  z.object({
    kind: z.literal('setInnerAccess'),
    groupId: z.string(),
    innerAccess: z.enum(['accept', 'drop']),
  }),
  z.object({ kind: z.literal('addRules'), groupId: z.string(), rules: z.array(ingressRuleSchema) }),
  z.object({ kind: z.literal('removeRules'), groupId: z.string(), rules: z.array(ingressRuleSchema) }),
  z.object({
    kind: z.literal('modifyRule'),
    groupId: z.string(),
    before: ingressRuleSchema,
    policy: z.enum(['accept', 'drop']),
    priority: z.number().int(),
  }),
  /** Sets the interface's groups to what it has at that moment, with these added and those taken away. */
  z.object({
    kind: z.literal('changeGroups'),
    interfaceId: z.string(),
    primary: z.boolean(),
    add: z.array(z.string()),
    remove: z.array(z.string()),
  }),
  z.object({ kind: z.literal('deleteGroup'), groupId: z.string() }),
  z.object({ kind: z.literal('setTags'), groupId: z.string(), tags }),
]);
export type NetworkChange = z.infer<typeof networkChangeSchema>;

/** A change as the API call that it becomes, for the preview and the rollback recipe. Never holds a secret. */
export const describedCallSchema = z.object({
  action: z.string(),
  parameters: z.record(z.string(), z.string()),
});
export type DescribedCall = z.infer<typeof describedCallSchema>;
