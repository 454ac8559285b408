import type { BlastGroup, JournalEntry, Plan, Refusal } from '../../../shared/isolation';
import type { IngressRule, NetworkInterface, NetworkSnapshot } from '../../../shared/network';
import { ok, type Result } from '../../../shared/result';
import { contains, families, intersect, isEmpty, isOpenOver, readRule, setOfCidrs } from '../exposure';
import {
  blastRadius,
  commonWarnings,
  exposureAfter,
  finish,
  obstacle,
  overRuleLimit,
  refusal,
  warning,
} from './finish';
import { asWeLeftIt } from './history';
import type { PlanCapabilities } from './options';
import { predict } from './predict';
import { ruleKey } from './rule-key';
import type { IsolationNote } from './rules-of-ours';
import { isOurs, overlaysOf } from './rules-of-ours';
import { denySites, ownSite, rulesAt, type Site, scopedSite } from './sites';
import { type DraftStep, draft, ruleParams } from './steps';
import { trustOnly } from './target';
import { transition } from './transition';
import { checkTrusted } from './trusted';

export interface TrustRequest {
  readonly planId: string;
  readonly rdpPort: number;
  /** Blocks as the admin typed them. */
  readonly trusted: readonly string[];
  /** The entry of the isolation; null for one that was found in the cloud. */
  readonly entry: JournalEntry | null;
  readonly note: IsolationNote;
}

const mainInterface = ({ interfaces }: NetworkSnapshot): NetworkInterface | undefined =>
  interfaces.find(({ primary }) => primary) ?? interfaces[0];

const hasScoped = (snapshot: NetworkSnapshot, one: NetworkInterface): boolean => {
  const site = scopedSite(snapshot, one);
  return site !== null && rulesAt(site, snapshot).length > 0;
};

/**
 * Where rules have to lie: on every interface with denials of ours these are adapted; else on the primary one, and on
 * others that let somebody in, a group of this instance alone is taken, or an overlay made.
 */
function sitesFor(
  snapshot: NetworkSnapshot,
  rdpPort: number,
  stepped: NetworkSnapshot,
  capabilities: PlanCapabilities,
): { readonly sites: readonly Site[]; readonly without: readonly NetworkInterface[] } {
  const overlays = overlaysOf(snapshot).map(({ id }) => id);
  const main = mainInterface(snapshot);
  const denied: NetworkInterface[] = [];
  const rest: NetworkInterface[] = [];
  const scoped: Site[] = [];
  for (const one of snapshot.interfaces) {
    const site = hasScoped(snapshot, one) ? scopedSite(snapshot, one) : null;
    if (one.groupIds.some((id) => overlays.includes(id))) denied.push(one);
    else if (site) scoped.push(site);
    else if (one === main || isOpenOver(stepped, one, rdpPort)) rest.push(one);
  }
  const own: Site[] = [];
  const placed: NetworkInterface[] = [];
  for (const one of rest) {
    if (own.some(({ interfaces }) => interfaces.some(({ id }) => id === one.id))) continue;
    const site = ownSite(snapshot, one);
    if (site) own.push(site);
    else placed.push(one);
  }
  const { sites, without } = denySites(snapshot, [...denied, ...placed], capabilities);
  return { sites: [...sites, ...scoped, ...own], without };
}

/**
 * Rules on the main interface that an isolation turned into drops at priority 1: no accept outranks them there, so they step back to 2,
 * still as drops, where they keep everybody else out.
 */
function stepBack(
  snapshot: NetworkSnapshot,
  entry: JournalEntry | null,
  cidrs: readonly string[],
  rdpPort: number,
): { step: DraftStep; rule: IngressRule }[] {
  if (!entry) return [];
  const left = asWeLeftIt(entry);
  return entry.original.groups.flatMap((before) => {
    const after = left.groups.find(({ id }) => id === before.id)?.ingress ?? [];
    const now = snapshot.groups.find(({ id }) => id === before.id);
    if (!now || now.managed || !mainInterface(snapshot)?.groupIds.includes(now.id)) return [];
    return now.ingress.flatMap((rule, index) => {
      const turned = after.some(
        (one) =>
          one.id === rule.id &&
          one.policy === 'drop' &&
          before.ingress.some(({ id, policy }) => id === one.id && policy === 'accept'),
      );
      if (!turned || rule.policy !== 'drop' || rule.priority !== 1) return [];
      const read = readRule(now, index, 'tcp', rdpPort, snapshot);
      const inTheWay = families.some(
        (family) => read && !isEmpty(intersect(read.sources[family], setOfCidrs(cidrs, family))),
      );
      if (!read?.unreadable && !inTheWay) return [];
      const lower = { ...rule, priority: 2 };
      const twin = now.ingress.some((other) => ruleKey(other) === ruleKey(lower));
      const params = { ...ruleParams(rule), group: now.name };
      const step = twin
        ? draft({ kind: 'removeRules', groupId: now.id, rules: [rule] }, 'deleteRules', {
            ...params,
            count: 1,
          })
        : draft(
            { kind: 'modifyRule', groupId: now.id, before: rule, policy: 'drop', priority: 2 },
            'stepBack',
            params,
          );
      return [{ step, rule }];
    });
  });
}

interface Moves {
  readonly steps: readonly DraftStep[];
  readonly blast: readonly BlastGroup[];
  readonly without: readonly NetworkInterface[];
  readonly place: Plan['place'];
}

/** The steps from what is there to exactly these blocks: everything new is there and found before anything old goes. */
export function movesToTrust(
  snapshot: NetworkSnapshot,
  cidrs: readonly string[],
  request: Pick<TrustRequest, 'entry' | 'note' | 'rdpPort'>,
  capabilities: PlanCapabilities,
): Moves {
  const { rdpPort, note } = request;
  const back = stepBack(snapshot, request.entry, cidrs, rdpPort);
  const stepped = predict(
    snapshot,
    back.map(({ step }) => step.change),
  );
  const { sites, without } = sitesFor(snapshot, rdpPort, stepped, capabilities);
  const base = predict(stepped, [
    ...sites.map((site) => ({
      kind: 'removeRules' as const,
      groupId: site.groupId,
      rules: rulesAt(site, snapshot),
    })),
  ]);
  const context = { snapshot, rdpPort, rulesPerCall: capabilities.rulesPerCall, note };
  const moves = sites.map((site) => transition(site, trustOnly(site, base, cidrs, rdpPort), context));
  return {
    steps: [
      ...moves.flatMap(({ open }) => open),
      ...back.map(({ step }) => step),
      ...moves.flatMap(({ lift }) => lift),
    ],
    blast: blastRadius(
      snapshot,
      back.map(({ step, rule }) => ({
        groupId: 'groupId' in step.change ? step.change.groupId : '',
        rule,
        otherPorts: false,
      })),
    ),
    without,
    place: sites.some(({ kind }) => kind === 'overlay')
      ? 'overlayGroup'
      : sites.some(({ kind }) => kind === 'scoped')
        ? 'scopedRules'
        : 'changedRules',
  };
}

/** The blocks that our rules let in now, in the order in which they lie there. */
export function trustedNow(snapshot: NetworkSnapshot): string[] {
  const cidrs = snapshot.groups
    .flatMap(({ ingress }) => ingress)
    .filter((rule) => isOurs(rule) && rule.policy === 'accept')
    .map(({ source }) => (source.kind === 'ipv4' || source.kind === 'ipv6' ? source.cidr : ''));
  return [...new Set(cidrs)].filter((cidr) => cidr !== '');
}

/** Proves a plan to trust: nobody else gets in after it, and of the trusted nobody is kept out as a whole block. */
export function judgeTrust(
  snapshot: NetworkSnapshot,
  steps: readonly DraftStep[],
  rdpPort: number,
  cidrs: readonly string[],
): Result<{ readonly partly: readonly string[] }, Refusal> {
  const after = exposureAfter(snapshot, steps, rdpPort, cidrs);
  const over = overRuleLimit(snapshot, steps);
  if (over !== null) return refusal('ruleLimit', { interface: over });
  const held = after.trustedShutOut;
  const blocked = cidrs.find((cidr) => {
    const family = cidr.includes(':') ? 'ipv6' : 'ipv4';
    return contains(setOfCidrs(held, family), setOfCidrs([cidr], family)) && held.length > 0;
  });
  if (blocked !== undefined) return refusal('blockedByOriginal', { cidr: blocked });
  if (after.verdict === 'open' || after.verdict === 'unknown' || after.udp === 'open')
    return refusal('strategyImpossible');
  return ok({ partly: held });
}

const hasIpv6 = (snapshot: NetworkSnapshot): boolean =>
  snapshot.interfaces.some(({ ipv6Addresses }) => ipv6Addresses.length > 0);

/**
 * Plans to let exactly the trusted blocks reach RDP. The new path lies there and is found in the cloud before the old
 * denial is lifted, never the other way round; at no moment anybody else gets in. Refused: blocks as wide as the
 * world, no block, a drop of the original that keeps a block out, more rules than an interface takes.
 */
export function planRestoreToTrust(
  snapshot: NetworkSnapshot,
  request: TrustRequest,
  capabilities: PlanCapabilities,
): Result<Plan, Refusal> {
  const stop = obstacle(snapshot);
  if (stop) return stop;
  if (capabilities.isolation === 'none') return refusal('noStrategy');
  const checked = checkTrusted(request.trusted);
  if (!checked.ok) return { ok: false, error: { code: 'badTrusted', phrase: checked.phrase } };
  const { cidrs } = checked;
  const ipv6 = cidrs.filter((cidr) => cidr.includes(':'));
  const unreachable = ipv6.length > 0 && !hasIpv6(snapshot);
  if (unreachable && ipv6.length === cidrs.length)
    return {
      ok: false,
      error: {
        code: 'badTrusted',
        phrase: { key: 'isolation.trusted.noIpv6', params: { cidr: cidrs.join(', ') } },
      },
    };
  const { rdpPort } = request;
  const moves = movesToTrust(snapshot, cidrs, request, capabilities);
  if (moves.without.length > 0)
    return refusal('groupLimit', {
      interface: moves.without[0]?.id ?? '',
      limit: capabilities.groupsPerInterface,
    });
  if (moves.steps.length === 0) return refusal('alreadyTrusted', { name: snapshot.instance.name });
  const judged = judgeTrust(snapshot, moves.steps, rdpPort, cidrs);
  if (!judged.ok) return judged;
  return ok(
    finish(snapshot, rdpPort, 'trustedOnly', capabilities, {
      id: request.planId,
      kind: 'restoreToTrust',
      strategy: strategyOf(request.entry),
      place: moves.place,
      reason: { key: 'isolation.chosen.trust', params: { cidrs: cidrs.join(', ') } },
      steps: moves.steps,
      trusted: cidrs,
      blastRadius: moves.blast,
      warnings: [
        ...checked.warnings,
        ...judged.value.partly.map((cidr) => warning('partlyBlocked', { cidr })),
        ...(unreachable ? [warning('noIpv6', { cidr: ipv6.join(', ') })] : []),
        warning('browserTerminals'),
        ...commonWarnings(snapshot, { ...capabilities, cutsEstablished: 'yes' }),
      ],
      confirmation: checked.questioned ? 'ask' : 'none',
      alternatives: [],
    }),
  );
}

/** The way that the entry's isolation was made; a foreign one is known by its overlay. */
export function strategyOf(entry: JournalEntry | null): Plan['strategy'] {
  const isolation = entry?.runs.find(({ plan }) => plan.kind === 'isolate');
  return isolation?.plan.strategy ?? 'overlayDeny';
}
