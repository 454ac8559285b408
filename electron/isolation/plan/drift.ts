import type { DriftDecisions, DriftItem } from '../../../shared/isolation';
import type { IngressRule, NetworkChange, NetworkSnapshot } from '../../../shared/network';
import type { Touched } from './history';
import { exactKey, ruleKey } from './rule-key';
import { isOurs } from './rules-of-ours';
import { ruleParams } from './steps';

/** One rule through time: as recorded, as we left it, as it is. */
interface Track {
  readonly original: IngressRule | null;
  readonly ours: IngressRule | null;
  readonly now: IngressRule | null;
}

type Match = (a: IngressRule, b: IngressRule) => boolean;
const byId: Match = (a, b) => a.id !== null && a.id === b.id;
const byExactKey: Match = (a, b) => exactKey(a) === exactKey(b);
const byKey: Match = (a, b) => ruleKey(a) === ruleKey(b);

/** Pairs rules of two lists, each at most once: by the first of the ways to match that finds a partner. */
function pair(
  left: readonly IngressRule[],
  right: readonly IngressRule[],
  matches: readonly Match[],
): Map<IngressRule, IngressRule> {
  const pairs = new Map<IngressRule, IngressRule>();
  const taken = new Set<IngressRule>();
  for (const match of matches)
    for (const one of left) {
      if (pairs.has(one)) continue;
      const other = right.find((candidate) => !taken.has(candidate) && match(one, candidate));
      if (!other) continue;
      pairs.set(one, other);
      taken.add(other);
    }
  return pairs;
}

function tracks(
  original: readonly IngressRule[],
  ours: readonly IngressRule[],
  now: readonly IngressRule[],
): Track[] {
  const leftAs = pair(original, ours, [byId, byExactKey]);
  const oursNow = pair(ours, now, [byId, byExactKey, byKey]);
  const seen = new Set(oursNow.values());
  const gone = original.filter((rule) => !leftAs.has(rule));
  const unseen = now.filter((rule) => !seen.has(rule));
  const backAgain = pair(gone, unseen, [byId, byExactKey, byKey]);
  const known = new Set(leftAs.values());
  const back = new Set(backAgain.values());
  const nowOf = (rule: IngressRule | undefined): IngressRule | null =>
    rule ? (oursNow.get(rule) ?? null) : null;
  return [
    ...original.map((rule) => {
      const left = leftAs.get(rule);
      return {
        original: rule,
        ours: left ?? null,
        now: left ? nowOf(left) : (backAgain.get(rule) ?? null),
      };
    }),
    ...ours
      .filter((rule) => !known.has(rule))
      .map((rule) => ({ original: null, ours: rule, now: nowOf(rule) })),
    ...unseen.filter((rule) => !back.has(rule)).map((rule) => ({ original: null, ours: null, now: rule })),
  ];
}

export interface GroupUndo {
  readonly changes: readonly NetworkChange[];
  readonly drift: readonly DriftItem[];
}

/** A description decides nothing: another one is no reason to touch a rule. */
const same = (a: IngressRule, b: IngressRule): boolean => ruleKey(a) === ruleKey(b);

/** Turns one rule into another: in place where only policy and priority differ (fact 15), else new before old. */
function turn(groupId: string, from: IngressRule, to: IngressRule): NetworkChange[] {
  const { policy, priority } = to;
  if (same({ ...from, policy, priority }, to))
    return [{ kind: 'modifyRule', groupId, before: from, policy, priority }];
  return [
    { kind: 'addRules', groupId, rules: [{ ...to, id: null }] },
    { kind: 'removeRules', groupId, rules: [from] },
  ];
}

/** The differences of one group from its original, and what of them somebody else made. */
export function undoGroup(
  groupId: string,
  groupName: string,
  original: readonly IngressRule[],
  ours: readonly IngressRule[],
  now: readonly IngressRule[],
  touched: Touched,
  decisions: DriftDecisions,
): GroupUndo {
  const changes: NetworkChange[] = [];
  const drift: DriftItem[] = [];
  const decide = (kind: DriftItem['kind'], track: Track, back: readonly NetworkChange[]): void => {
    const rule = track.now ?? track.original ?? track.ours;
    if (!rule) return;
    const id = `${kind} ${groupId} ${track.original?.id ?? ''} ${exactKey(rule)}`;
    drift.push({
      id,
      kind,
      groupId,
      interfaceId: null,
      phrase: { key: `isolation.drift.${kind}`, params: { ...ruleParams(rule), group: groupName } },
      ...track,
      proposed: 'keep',
      canRestore: true,
    });
    if (decisions[id] === 'original') changes.push(...back);
  };
  for (const track of tracks(original, ours, now)) {
    const { original: before, ours: left, now: present } = track;
    const oursNow = present !== null && touched.made.has(ruleKey(present));
    const back: NetworkChange[] = before
      ? [{ kind: 'addRules', groupId, rules: [{ ...before, id: null }] }]
      : [];
    if (before && !present) {
      if (!left || touched.removed.has(ruleKey(before))) changes.push(...back);
      else decide('ruleRemoved', track, back);
    } else if (before && present) {
      if (same(present, before)) {
        // Ours stands where the original stood and says the same: the original had not our mark.
        if (isOurs(present) && !isOurs(before))
          changes.push(...back, { kind: 'removeRules', groupId, rules: [present] });
        continue;
      }
      const turned = turn(groupId, present, before);
      if (oursNow || (left && same(present, left))) changes.push(...turned);
      else decide('ruleChanged', track, turned);
    } else if (present) {
      const gone: NetworkChange[] = [{ kind: 'removeRules', groupId, rules: [present] }];
      if (left || oursNow) changes.push(...gone);
      else decide('ruleAdded', track, gone);
    }
  }
  return { changes, drift };
}

/** Memberships that somebody else changed, and what the admin's decisions make of them. */
export function undoMemberships(
  original: NetworkSnapshot,
  ours: NetworkSnapshot,
  now: NetworkSnapshot,
  isOverlayId: (groupId: string) => boolean,
  decisions: DriftDecisions,
): {
  readonly byInterface: ReadonlyMap<string, { add: string[]; remove: string[] }>;
  readonly drift: DriftItem[];
} {
  const drift: DriftItem[] = [];
  const byInterface = new Map<string, { add: string[]; remove: string[] }>();
  const nameOf = (groupId: string): string =>
    [...now.groups, ...original.groups].find(({ id }) => id === groupId)?.name ?? groupId;
  for (const one of now.interfaces) {
    const before = original.interfaces.find(({ id }) => id === one.id)?.groupIds ?? [];
    const left = ours.interfaces.find(({ id }) => id === one.id)?.groupIds ?? [];
    const change = { add: [] as string[], remove: [] as string[] };
    byInterface.set(one.id, change);
    const decide = (
      kind: DriftItem['kind'],
      groupId: string,
      canRestore: boolean,
      back: () => void,
    ): void => {
      const id = `${kind} ${one.id} ${groupId}`;
      drift.push({
        id,
        kind,
        groupId,
        interfaceId: one.id,
        phrase: { key: `isolation.drift.${kind}`, params: { group: nameOf(groupId), interface: one.id } },
        original: null,
        ours: null,
        now: null,
        proposed: 'keep',
        canRestore,
      });
      if (canRestore && decisions[id] === 'original') back();
    };
    for (const groupId of one.groupIds) {
      if (before.includes(groupId)) continue;
      if (left.includes(groupId) || isOverlayId(groupId)) change.remove.push(groupId);
      else decide('groupAttached', groupId, true, () => change.remove.push(groupId));
    }
    for (const groupId of before) {
      if (one.groupIds.includes(groupId)) continue;
      const readable = now.groups.some(({ id }) => id === groupId);
      decide(readable ? 'groupDetached' : 'groupGone', groupId, readable, () => change.add.push(groupId));
    }
  }
  return { byInterface, drift };
}
