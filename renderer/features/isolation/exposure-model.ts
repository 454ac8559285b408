import type { Phrase } from '../../../shared/account-status';
import type { Exposure, ExposureRow, RuleName } from '../../../shared/isolation';
import type { IngressRule, PortRange } from '../../../shared/network';
import type { InstanceIsolation } from './state';

/** A reading older than this says how it was, not how it is. */
export const EXPOSURE_STALE_MS = 15 * 60_000;

export interface ShownExposure {
  readonly verdict: Exposure['verdict'];
  /** Set when the reading is too old, or could not be repeated: what it said then. */
  readonly lastKnown: Exposure['verdict'] | null;
  readonly readAtMs: number | null;
}

/** The verdict at `nowMs`. What is old, or was never read, is unknown. */
export function shownExposure(
  view: Pick<InstanceIsolation, 'exposure' | 'readAtMs' | 'readError'>,
  nowMs: number,
): ShownExposure {
  const { exposure, readError } = view;
  if (!exposure) return { verdict: 'unknown', lastKnown: null, readAtMs: null };
  const readAtMs = view.readAtMs ?? exposure.takenAtMs;
  const stale = nowMs - readAtMs > EXPOSURE_STALE_MS || readError !== null;
  return stale && exposure.verdict !== 'unknown'
    ? { verdict: 'unknown', lastKnown: exposure.verdict, readAtMs }
    : { verdict: exposure.verdict, lastKnown: null, readAtMs };
}

/** The verdict as it is worded: `open` is any source that is not trusted, and only sometimes the whole world. */
export function wordedAs(
  verdict: Exposure['verdict'],
  rows: readonly ExposureRow[],
  transport: 'tcp' | 'udp' = 'tcp',
): Exposure['verdict'] | 'openBeyond' {
  if (verdict !== 'open') return verdict;
  const world = rows.some(
    (row) => row.danger === 'world' && inEffect(row) && row.transports.includes(transport),
  );
  return world ? 'open' : 'openBeyond';
}

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });

/** Where a rule's traffic comes from: everyone is said as such, never only as `0.0.0.0/0`. */
export function sourceOf(rule: IngressRule): Phrase {
  const { source } = rule;
  switch (source.kind) {
    case 'ipv4':
      return source.cidr === '0.0.0.0/0'
        ? phrase('exposure.source.everyoneV4')
        : phrase('exposure.source.block', { cidr: source.cidr });
    case 'ipv6':
      return source.cidr === '::/0'
        ? phrase('exposure.source.everyoneV6')
        : phrase('exposure.source.block', { cidr: source.cidr });
    case 'group':
      return source.ownerAccount === null
        ? phrase('exposure.source.group', { group: source.groupId })
        : phrase('exposure.source.groupOf', { group: source.groupId, account: source.ownerAccount });
    case 'prefixList':
      return phrase('exposure.source.prefixList', { list: source.listId });
  }
}

const portsOf = (ports: PortRange): Phrase => {
  if (ports === 'all') return phrase('exposure.ports.all');
  return ports.from === ports.to
    ? phrase('exposure.ports.one', { port: String(ports.from) })
    : phrase('exposure.ports.range', { from: String(ports.from), to: String(ports.to) });
};

/** Protocol and ports of a rule. */
export function portPhrases(rule: IngressRule): readonly [string, Phrase] {
  const protocol = rule.protocol === 'all' ? '' : rule.protocol.toUpperCase();
  const ports =
    rule.portListId === null ? portsOf(rule.ports) : phrase('exposure.ports.list', { list: rule.portListId });
  return [protocol, ports];
}

const inEffect = ({ effect }: ExposureRow): boolean => effect === 'effective' || effect === 'partial';

/** What a source means; of a rule that has no effect, what it would mean. */
export const dangerKey = (row: ExposureRow): string =>
  row.danger === 'world' && !inEffect(row) ? 'exposure.danger.world.idle' : `exposure.danger.${row.danger}`;

/** True for what must stand out: open to everyone, or counted as such, and really in effect. */
export const stands = (row: ExposureRow): boolean =>
  (row.danger === 'world' || row.danger === 'unreadable') && inEffect(row);

/** What a row comes to, in a sentence. `nameOf` gives a group's name where it is known. */
export function effectOf(row: ExposureRow, nameOf: (groupId: string) => string): Phrase {
  const by = row.shadowedBy[0];
  const rule: Phrase['params'] = by ? ruleParams(by, nameOf) : {};
  switch (row.effect) {
    case 'effective':
      return phrase('exposure.effect.effective');
    case 'partial':
      return by ? phrase('exposure.effect.partialBy', rule) : phrase('exposure.effect.partial');
    case 'shadowed':
      return by ? phrase('exposure.effect.shadowedBy', rule) : phrase('exposure.effect.shadowed');
    case 'dormant':
      return phrase('exposure.effect.dormant', { family: row.family });
  }
}

const ruleParams = (rule: RuleName, nameOf: (groupId: string) => string): Phrase['params'] => ({
  policy: rule.policy,
  priority: rule.priority,
  group: nameOf(rule.groupId),
});

/** Names of the groups that appear in the rows; an unknown one is named by its id. */
export function groupNames(rows: readonly ExposureRow[]): (groupId: string) => string {
  const names = new Map(rows.map((row) => [row.groupId, row.groupName]));
  return (groupId) => names.get(groupId) || groupId;
}
