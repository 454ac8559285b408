import type {
  DriftDecisions,
  DriftItem,
  Exposure,
  JournalEntry,
  Plan,
  Refusal,
} from '../../../shared/isolation';
import type { NetworkChange, NetworkSnapshot } from '../../../shared/network';
import { ok, type Result } from '../../../shared/result';
import { touchesOtherPorts } from '../exposure';
import { undoGroup, undoMemberships } from './drift';
import { blastRadius, exposureAfter, finish, obstacle, refusal, warning } from './finish';
import { asWeLeftIt, changesMade, touchedIn } from './history';
import type { PlanCapabilities } from './options';
import { strategyOf } from './restore';
import { ruleKey } from './rule-key';
import { isOurs, isOverlay } from './rules-of-ours';
import { addRules, checkedAtEnd, type DraftStep, draft, removeRules, ruleParams } from './steps';

export interface UndoRequest {
  readonly planId: string;
  readonly rdpPort: number;
  /** The journal's entry; null for an isolation that was found in the cloud: then only what is ours is taken away. */
  readonly entry: JournalEntry | null;
  readonly decisions: DriftDecisions;
}

export interface UndoPlan {
  readonly plan: Plan;
  /** What somebody else changed meanwhile; what the admin has not decided stays as it is now. */
  readonly drift: readonly DriftItem[];
}

interface Gathered {
  readonly rules: readonly DraftStep[];
  readonly removals: readonly DraftStep[];
  readonly drift: readonly DriftItem[];
}

/**
 * Puts the changes of a group into as few calls as can be: additions and changes first, removals by themselves. Only a
 * rule that says the same as one to be added goes first: beside it nothing would be added (fact 14).
 */
function asSteps(
  groupId: string,
  group: string,
  changes: readonly NetworkChange[],
  perCall: number,
): Pick<Gathered, 'rules' | 'removals'> {
  const added = changes.flatMap((change) => (change.kind === 'addRules' ? change.rules : []));
  const keys = new Set(added.map(ruleKey));
  const all = changes.flatMap((change) => (change.kind === 'removeRules' ? change.rules : []));
  const inTheWay = all.filter((rule) => keys.has(ruleKey(rule)));
  const removed = all.filter((rule) => !keys.has(ruleKey(rule)));
  const turned = changes.flatMap((change) =>
    change.kind === 'modifyRule'
      ? [draft(change, 'turnBack', { ...ruleParams({ ...change.before, priority: change.priority }), group })]
      : [],
  );
  return {
    rules: [
      ...turned,
      ...removeRules(groupId, inTheWay, perCall, 'removeOurs', { group }),
      ...addRules(groupId, added, perCall, 'readd', { group }),
    ],
    removals: removeRules(groupId, removed, perCall, 'removeOurs', { group }),
  };
}

const carries = (snapshot: NetworkSnapshot, groupId: string): boolean =>
  snapshot.interfaces.some(({ groupIds }) => groupIds.includes(groupId));

function undoRules(
  before: NetworkSnapshot,
  left: NetworkSnapshot,
  now: NetworkSnapshot,
  done: readonly NetworkChange[],
  decisions: DriftDecisions,
  perCall: number,
): Gathered {
  const parts = before.groups
    .filter((group) => !isOverlay(group, now.instance.id) || carries(before, group.id))
    .flatMap((group) => {
      const current = now.groups.find(({ id }) => id === group.id);
      if (!current) return [];
      const ours = left.groups.find(({ id }) => id === group.id)?.ingress ?? [];
      const { changes, drift } = undoGroup(
        group.id,
        group.name,
        group.ingress,
        ours,
        current.ingress,
        touchedIn(group.id, done),
        decisions,
      );
      return [{ ...asSteps(group.id, group.name, changes, perCall), drift }];
    });
  return {
    rules: parts.flatMap(({ rules }) => rules),
    removals: parts.flatMap(({ removals }) => removals),
    drift: parts.flatMap(({ drift }) => drift),
  };
}

/** Without a record only what bears our mark is taken away: rules in groups that were there before. */
function undoMarked(now: NetworkSnapshot, perCall: number): Gathered {
  return {
    rules: [],
    drift: [],
    removals: now.groups
      .filter((group) => !isOverlay(group, now.instance.id))
      .flatMap(({ id, name, ingress }) => {
        const scopes = now.interfaces.flatMap((one) => [
          ...one.privateAddresses.map((address) => `${address}/32`),
          ...one.ipv6Addresses.map((address) => `${address}/128`),
        ]);
        const marked = ingress.filter(
          (rule) => isOurs(rule) && rule.destination !== null && scopes.includes(rule.destination),
        );
        return removeRules(id, marked, perCall, 'removeOurs', { group: name });
      }),
  };
}

function detach(
  now: NetworkSnapshot,
  byInterface: ReadonlyMap<string, { add: string[]; remove: string[] }>,
): { readonly steps: DraftStep[]; readonly stuck: readonly string[] } {
  const stuck: string[] = [];
  const steps = now.interfaces.flatMap(({ id: interfaceId, primary, groupIds }) => {
    const { add, remove } = byInterface.get(interfaceId) ?? { add: [], remove: [] };
    if (add.length === 0 && remove.length === 0) return [];
    if (groupIds.every((id) => remove.includes(id)) && add.length === 0) {
      stuck.push(interfaceId);
      return [];
    }
    const names = remove.map((id) => now.groups.find((group) => group.id === id)?.name ?? id).join(', ');
    return [
      draft(
        { kind: 'changeGroups', interfaceId, primary, add, remove },
        add.length > 0 ? 'reattach' : 'detach',
        {
          group: names,
          interface: interfaceId,
        },
      ),
    ];
  });
  return { steps, stuck };
}

const confirmationFor = (after: Exposure): Plan['confirmation'] => {
  const through = after.rows.filter(({ effect }) => effect === 'effective' || effect === 'partial');
  if (through.some(({ danger }) => danger === 'world' || danger === 'unreadable')) return 'type';
  return after.verdict === 'open' ? 'ask' : 'none';
};

/**
 * Plans the way back to the recorded original, by the differences of rules and memberships: what we took is put back
 * by its full tuple, what we changed is changed back, what we added is taken away, and nobody else's change is
 * overwritten: it is drift, which the admin decides item by item (`decisions`). An undo after which RDP is open to the
 * world asks for a typed confirmation.
 */
export function planUndo(
  snapshot: NetworkSnapshot,
  request: UndoRequest,
  capabilities: PlanCapabilities,
): Result<UndoPlan, Refusal> {
  const stop = obstacle(snapshot);
  if (stop) return stop;
  const { entry, decisions, rdpPort } = request;
  const perCall = capabilities.rulesPerCall;
  const done = entry ? changesMade(entry) : [];
  const made = done.flatMap((one) => (one.kind === 'createGroup' ? [one.as] : []));
  const overlays = snapshot.groups.filter(
    (group) => isOverlay(group, snapshot.instance.id) || made.includes(group.id),
  );
  const isOverlayId = (groupId: string): boolean => overlays.some(({ id }) => id === groupId);
  const before = entry?.original ?? null;
  const left = entry ? asWeLeftIt(entry) : null;
  const rules =
    before && left
      ? undoRules(before, left, snapshot, done, decisions, perCall)
      : undoMarked(snapshot, perCall);
  const memberships =
    before && left
      ? undoMemberships(before, left, snapshot, isOverlayId, decisions)
      : {
          drift: [],
          byInterface: new Map(
            snapshot.interfaces.map(({ id, groupIds }) => [
              id,
              { add: [], remove: groupIds.filter(isOverlayId) },
            ]),
          ),
        };
  const { steps: detached, stuck } = detach(snapshot, memberships.byInterface);
  const emptied = overlays.filter(
    (group) =>
      !(before && carries(before, group.id)) &&
      !snapshot.interfaces.some(({ id, groupIds }) => stuck.includes(id) && groupIds.includes(group.id)),
  );
  const steps = [
    ...checkedAtEnd([...rules.rules, ...detached]),
    ...rules.removals,
    ...emptied.map(({ id, name }) =>
      draft({ kind: 'deleteGroup', groupId: id }, 'deleteGroup', { group: name }),
    ),
  ];
  const drift = [...rules.drift, ...memberships.drift];
  if (steps.length === 0 && drift.length === 0 && stuck.length === 0)
    return refusal('nothingRecorded', { name: snapshot.instance.name });
  const after = exposureAfter(snapshot, steps, rdpPort);
  const changed = steps.flatMap(({ change }) =>
    'groupId' in change && (change.kind === 'addRules' || change.kind === 'removeRules')
      ? change.rules.map((rule) => ({
          groupId: change.groupId,
          rule,
          otherPorts: touchesOtherPorts(rule, rdpPort),
        }))
      : change.kind === 'modifyRule'
        ? [
            {
              groupId: change.groupId,
              rule: change.before,
              otherPorts: touchesOtherPorts(change.before, rdpPort),
            },
          ]
        : [],
  );
  const plan = finish(snapshot, rdpPort, after.verdict, capabilities, {
    id: request.planId,
    kind: 'undo',
    strategy: strategyOf(entry),
    place: overlays.length > 0 ? 'overlayGroup' : entry ? lastPlace(entry) : 'scopedRules',
    reason: { key: entry ? 'isolation.chosen.undo' : 'isolation.chosen.undoForeign', params: {} },
    steps,
    trusted: [],
    blastRadius: blastRadius(snapshot, changed).filter(({ groupId }) => !isOverlayId(groupId)),
    warnings: [
      ...(entry ? [] : [warning('noRecord')]),
      ...(after.verdict === 'open' ? [warning('opens')] : []),
      ...stuck.map((id) => warning('lastGroup', { interface: id })),
      ...(before?.groups
        .filter(({ id }) => !snapshot.groups.some((group) => group.id === id))
        .map(({ name }) => warning('groupUnread', { group: name })) ?? []),
    ],
    confirmation: confirmationFor(after),
    alternatives: [],
  });
  return ok({ plan, drift });
}

const lastPlace = (entry: JournalEntry): Plan['place'] => entry.runs.at(-1)?.plan.place ?? 'changedRules';
