import type { IngressRule, NetworkSnapshot, SecurityGroup } from '../../../shared/network';
import type { Family } from '../exposure';

/** How our rules are told from others': another installation reads it too, so it never changes. */
const MARK = 'lockwatch:';

interface RuleParts {
  readonly policy: IngressRule['policy'];
  readonly priority: number;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly family: Family;
  readonly cidr: string;
  readonly destination: string | null;
}

/** A rule of ours that does not exist yet. */
export const ourRule = (parts: RuleParts): IngressRule => ({
  id: null,
  policy: parts.policy,
  priority: parts.priority,
  protocol: parts.protocol,
  ports: { from: parts.port, to: parts.port },
  portListId: null,
  source: { kind: parts.family, cidr: parts.cidr },
  sourcePorts: null,
  destination: parts.destination,
  description: `${MARK}${parts.policy === 'drop' ? 'deny' : 'trust'} ${parts.port}`,
});

export const isOurs = (rule: IngressRule): boolean => rule.description.startsWith(MARK);

export const everywhere: Readonly<Record<Family, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

const tag = {
  role: 'lockwatch:role',
  instance: 'lockwatch:instance',
  port: 'lockwatch:port',
  by: 'lockwatch:by',
  at: 'lockwatch:at',
  why: 'lockwatch:why',
  incident: 'lockwatch:incident',
} as const;

export interface IsolationNote {
  readonly admin: string;
  readonly reason: string;
  readonly incident: string;
  readonly nowMs: number;
}

/** Tag values are at most 128 characters and name no address of the web. */
const tagValue = (text: string): string =>
  text
    .replace(/https?:\/\//gi, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 128);

export const overlayTags = (
  instanceId: string,
  rdpPort: number,
  note: IsolationNote,
): Record<string, string> => ({
  [tag.role]: 'overlay',
  [tag.instance]: instanceId,
  [tag.port]: String(rdpPort),
  [tag.by]: tagValue(note.admin),
  [tag.at]: new Date(note.nowMs).toISOString(),
  [tag.why]: tagValue(note.reason),
  [tag.incident]: tagValue(note.incident),
});

/** Whether the group is an overlay that denies RDP to this instance and to no other. */
export const isOverlay = (group: SecurityGroup, instanceId: string): boolean =>
  group.tags[tag.role] === 'overlay' && group.tags[tag.instance] === instanceId;

export const overlaysOf = (snapshot: NetworkSnapshot): SecurityGroup[] =>
  snapshot.groups.filter((group) => isOverlay(group, snapshot.instance.id));

export interface OverlayTags {
  readonly rdpPort: number | null;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly incident: string;
}

export function readOverlayTags(group: SecurityGroup): OverlayTags {
  const port = Number(group.tags[tag.port]);
  return {
    rdpPort: Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null,
    by: group.tags[tag.by] ?? '',
    at: group.tags[tag.at] ?? '',
    reason: group.tags[tag.why] ?? '',
    incident: group.tags[tag.incident] ?? '',
  };
}
