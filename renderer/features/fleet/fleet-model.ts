import {
  type AccountView,
  type InstanceView,
  type Status,
  type Verdict,
  worstStatus,
} from '../../../shared/account-status';
import type { ConnectionProfile, InstanceId } from '../../../shared/instance';
import { byUrgency, fill, severity } from '../../status/account-order';
import { type NextEvent, nextAccountEvent, nextAttempt, nextLock } from '../../status/next-event';
import { type ShownStatus, shownStatus } from '../../status/shown-status';
import type { FleetViewState, SortColumn } from '../../store/ui';

export interface FleetRow {
  readonly id: InstanceId;
  readonly profile: ConnectionProfile;
  readonly view: InstanceView | undefined;
  readonly shown: ShownStatus;
  readonly locked: readonly AccountView[];
  readonly counting: readonly AccountView[];
  /** The first locked account, or the one nearest to its lock. */
  readonly worst: AccountView | null;
  /** What happens next to that account, or when an unreachable instance is tried again. */
  readonly next: NextEvent | null;
  /** Another account that is about to lock. */
  readonly coming: NextEvent | null;
  readonly verdict: Verdict | null;
  /** The watcher waits for a decision of the admin. */
  readonly needsAdmin: boolean;
}

export type FleetItem =
  | { readonly kind: 'row'; readonly row: FleetRow }
  | {
      readonly kind: 'header';
      readonly key: string;
      readonly group: string;
      readonly worst: Status;
      readonly count: number;
      readonly collapsed: boolean;
    };

interface Inputs {
  readonly profiles: readonly ConnectionProfile[];
  readonly fleet: Readonly<Record<InstanceId, InstanceView>>;
  readonly nowMs: number;
  readonly staleAfterSeconds: number;
  readonly windowStale: boolean;
}

const NONE: readonly AccountView[] = [];

/** One row an instance, evaluated at `nowMs`; instances without a reading are there too, as unknown. */
export function fleetRows({ profiles, fleet, nowMs, staleAfterSeconds, windowStale }: Inputs): FleetRow[] {
  return profiles.map((profile) => {
    const view = fleet[profile.id];
    const shown = shownStatus(view, nowMs, staleAfterSeconds, windowStale);
    const known = view !== undefined && shown.status !== 'unknown';
    const locked =
      view && known ? view.accounts.filter((one) => one.status === 'locked').sort(byUrgency) : NONE;
    const counting =
      view && known ? view.accounts.filter((one) => one.status === 'counting').sort(byUrgency) : NONE;
    const worst = locked[0] ?? counting[0] ?? null;
    return {
      id: profile.id,
      profile,
      view,
      shown,
      locked,
      counting,
      worst,
      next: worst ? nextAccountEvent(worst) : view ? nextAttempt(view) : null,
      coming: nextLock(counting, worst),
      verdict: view && (worst !== null || view.verdict.kind !== 'undecided') ? view.verdict : null,
      needsAdmin: view?.connection === 'needsAdmin',
    };
  });
}

export type StatusCounts = Readonly<Record<Status, number>>;
export function countByStatus(rows: readonly FleetRow[]): StatusCounts {
  const counts = { locked: 0, counting: 0, clear: 0, unknown: 0 };
  for (const row of rows) counts[row.shown.status] += 1;
  return counts;
}

/** Whether every word of the search is somewhere in the names that belong to the instance. */
export function matchesSearch(row: FleetRow, search: string): boolean {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { name, group, tags, ssh } = row.profile;
  const accounts = [...row.locked, ...row.counting].map((account) => account.name);
  const text = [name, group, ssh.host, row.view?.computer ?? '', ...tags, ...accounts]
    .join('\n')
    .toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

const confidenceRank = { high: 0, medium: 1, low: 2 } as const;
const verdictRank = { attack: 0, staleCredential: 1, ownDoing: 2, typo: 3, undecided: 4 } as const;
const name = (row: FleetRow): string => row.profile.name;
const byName = (a: FleetRow, b: FleetRow): number =>
  name(a).localeCompare(name(b), undefined, { numeric: true });
const nextAt = (row: FleetRow): number =>
  Math.min(row.next?.atMs ?? Number.MAX_SAFE_INTEGER, row.coming?.atMs ?? Number.MAX_SAFE_INTEGER);
const verdictOrder = ({ verdict }: FleetRow): number =>
  verdict === null ? 99 : verdictRank[verdict.kind] * 3 + confidenceRank[verdict.confidence];
const fullness = (row: FleetRow): number => (row.worst ? (fill(row.worst) ?? 0) : -1);

const comparers: Record<SortColumn, (a: FleetRow, b: FleetRow) => number> = {
  status: (a, b) =>
    severity(a.shown.status) - severity(b.shown.status) ||
    Number(b.needsAdmin) - Number(a.needsAdmin) ||
    nextAt(a) - nextAt(b),
  name: byName,
  count: (a, b) => fullness(b) - fullness(a),
  next: (a, b) => nextAt(a) - nextAt(b),
  verdict: (a, b) => verdictOrder(a) - verdictOrder(b),
  checked: (a, b) => (a.shown.checkedAtMs ?? 0) - (b.shown.checkedAtMs ?? 0),
};

const groupOf = (row: FleetRow, by: FleetViewState['groupBy']): string =>
  by === 'status' ? row.shown.status : row.profile.group;

/** The rows that the admin asked for, in the order asked for, under their group headers. */
export function arrange(rows: readonly FleetRow[], view: FleetViewState): FleetItem[] {
  const wanted = rows.filter(
    (row) =>
      (view.statuses.length === 0 || view.statuses.includes(row.shown.status)) &&
      (view.group === null || row.profile.group === view.group) &&
      (view.tag === null || row.profile.tags.includes(view.tag)) &&
      matchesSearch(row, view.search),
  );
  const compare = comparers[view.sort.column];
  const direction = view.sort.descending ? -1 : 1;
  wanted.sort((a, b) => direction * compare(a, b) || byName(a, b));
  if (view.groupBy === 'none') return wanted.map((row) => ({ kind: 'row', row }));

  const groups = new Map<string, FleetRow[]>();
  for (const row of wanted) {
    const key = groupOf(row, view.groupBy);
    const members = groups.get(key);
    if (members) members.push(row);
    else groups.set(key, [row]);
  }
  const headers = [...groups].map(([group, members]) => ({
    group,
    members,
    worst: worstStatus(members.map((row) => row.shown.status)),
  }));
  headers.sort((a, b) => severity(a.worst) - severity(b.worst) || a.group.localeCompare(b.group));
  return headers.flatMap(({ group, members, worst }) => {
    const key = `${view.groupBy}:${group}`;
    const collapsed = view.collapsed.includes(key);
    const header: FleetItem = { kind: 'header', key, group, worst, count: members.length, collapsed };
    return collapsed ? [header] : [header, ...members.map((row): FleetItem => ({ kind: 'row', row }))];
  });
}

/** Every group and tag in use, for the filters and for suggestions in the form. */
export function groupsAndTags(profiles: readonly ConnectionProfile[]): { groups: string[]; tags: string[] } {
  const sorted = (values: Iterable<string>): string[] =>
    [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b));
  return {
    groups: sorted(profiles.map((profile) => profile.group)),
    tags: sorted(profiles.flatMap((profile) => profile.tags)),
  };
}
