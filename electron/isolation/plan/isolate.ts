import type { Phrase } from '../../../shared/account-status';
import type { Plan, Refusal, Strategy } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { ok, type Result } from '../../../shared/result';
import { isClosed } from '../exposure';
import {
  afterSteps,
  commonWarnings,
  distinctInstances,
  finish,
  obstacle,
  overRuleLimit,
  refusal,
  warning,
} from './finish';
import type { PlanCapabilities } from './options';
import type { IsolationNote } from './rules-of-ours';
import { minimumCalls, numbered } from './steps';
import { type Way, type WayInput, ways } from './strategies';

export interface IsolateRequest {
  /** Id of the plan, made by the caller. */
  readonly planId: string;
  readonly rdpPort: number;
  /** Null: the planner picks. */
  readonly strategy: Strategy | null;
  readonly note: IsolationNote;
  /** False once the provider has refused a denying rule in an enterprise group. */
  readonly enterpriseDrops?: boolean;
}

const order: readonly Strategy[] = ['overlayDeny', 'dropRules', 'deleteRules'];

type Possible = Extract<Way, { possible: true }>;

/** Holds a way against the exposure function: it is possible only if the port is closed after it. */
function proven(way: Way, { snapshot, rdpPort }: WayInput): Way {
  if (!way.possible) return way;
  const over = overRuleLimit(snapshot, way.steps);
  if (over !== null)
    return {
      possible: false,
      reason: { key: 'isolation.impossible.ruleLimit', params: { interface: over } },
    };
  if (isClosed(afterSteps(snapshot, way.steps), rdpPort)) return way;
  return { possible: false, reason: { key: 'isolation.impossible.staysOpen', params: {} } };
}

/** The way that touches the fewest other instances; among equals the earlier in `order`. */
function pick(byStrategy: Readonly<Record<Strategy, Way>>): Strategy | null {
  let best: { strategy: Strategy; others: number } | null = null;
  for (const strategy of order) {
    const way = byStrategy[strategy];
    if (!way.possible) continue;
    const others = distinctInstances(way.blastRadius);
    if (best === null || others < best.others) best = { strategy, others };
  }
  return best?.strategy ?? null;
}

const whyChosen = (chosen: Strategy, asked: boolean, way: Possible): Phrase => ({
  key: asked ? 'isolation.chosen.byAdmin' : `isolation.chosen.${chosen}`,
  params: { instances: distinctInstances(way.blastRadius) },
});

function alternatives(
  byStrategy: Readonly<Record<Strategy, Way>>,
  chosen: Strategy,
  rulesPerCall: number,
): Plan['alternatives'] {
  return order
    .filter((strategy) => strategy !== chosen)
    .map((strategy) => {
      const way = byStrategy[strategy];
      if (!way.possible)
        return { strategy, possible: false, reason: way.reason, otherInstances: null, minimumCalls: null };
      const otherInstances = distinctInstances(way.blastRadius);
      return {
        strategy,
        possible: true,
        reason: { key: `isolation.notChosen.${strategy}`, params: { instances: otherInstances } },
        otherInstances,
        minimumCalls: minimumCalls({ steps: numbered(way.steps) }, rulesPerCall),
      };
    });
}

/**
 * Plans to close RDP on every interface of the instance. Three ways are worked out and held against the exposure
 * function; the overlay group is taken where it can be, else the way that touches the fewest other instances, unless
 * `strategy` asks for one. Refused: locked for security, no VPC, released, unread groups, nothing exposed, no way left.
 */
export function planIsolation(
  snapshot: NetworkSnapshot,
  request: IsolateRequest,
  capabilities: PlanCapabilities,
): Result<Plan, Refusal> {
  const stop = obstacle(snapshot);
  if (stop) return stop;
  if (capabilities.isolation === 'none') return refusal('noStrategy');
  const { rdpPort, note, strategy: asked } = request;
  if (isClosed(snapshot, rdpPort))
    return refusal('alreadyClosed', { name: snapshot.instance.name, port: rdpPort });
  const input: WayInput = {
    snapshot,
    rdpPort,
    note,
    capabilities,
    enterpriseDrops: request.enterpriseDrops ?? true,
  };
  const byStrategy: Record<Strategy, Way> = {
    overlayDeny: proven(ways.overlayDeny(input), input),
    dropRules: proven(ways.dropRules(input), input),
    deleteRules: proven(ways.deleteRules(input), input),
  };
  const chosen = asked ?? pick(byStrategy);
  if (chosen === null) return refusal('noStrategy');
  const way = byStrategy[chosen];
  if (!way.possible) return { ok: false, error: { code: 'strategyImpossible', phrase: way.reason } };
  const secondary = snapshot.interfaces.length - 1;
  return ok(
    finish(snapshot, rdpPort, 'closed', capabilities, {
      id: request.planId,
      kind: 'isolate',
      strategy: chosen,
      place: way.place,
      reason: whyChosen(chosen, asked !== null, way),
      steps: way.steps,
      trusted: [],
      blastRadius: way.blastRadius,
      warnings: [
        ...way.warnings,
        ...commonWarnings(snapshot, capabilities),
        ...(secondary > 0 ? [warning('secondaryInterfaces', { count: secondary })] : []),
      ],
      confirmation: way.blastRadius.length > 0 ? 'ask' : 'none',
      alternatives: alternatives(byStrategy, chosen, capabilities.rulesPerCall),
    }),
  );
}
