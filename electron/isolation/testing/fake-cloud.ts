import { type AppError, appError, type ErrorCode } from '../../../shared/errors';
import type {
  CloudInstance,
  NetworkChange,
  NetworkInterface,
  NetworkSnapshot,
  SecurityGroup,
} from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import type { AppliedChange, Capabilities, CloudProvider } from '../../cloud/provider';
import { predictChange, ruleKey } from '../plan';

export interface CloudState {
  instances: CloudInstance[];
  interfaces: Record<string, NetworkInterface[]>;
  groups: SecurityGroup[];
  /** What was answered to each token: a repetition has no effect (fact 16). */
  answers: Record<string, { readonly asked: string; readonly answer: AppliedChange }>;
  counter: number;
}

export type CallKind = NetworkChange['kind'] | 'snapshot' | 'findGroups';
export interface Call {
  readonly kind: CallKind;
  readonly token: string | null;
  /** Calls since the beginning, from 0. */
  readonly index: number;
  readonly signal: AbortSignal;
}
/** `before`: the call fails without an effect. `after`: the effect is done and the answer is lost. */
export interface Fault {
  readonly when: 'before' | 'after';
  readonly error: AppError;
}
export const fault = (code: ErrorCode, when: Fault['when'] = 'before'): Fault => ({
  when,
  error: appError(code, { action: 'Action', code: '-', requestId: 'r-0', status: 0, reason: '-' }),
});

export interface FakeCloud extends CloudProvider {
  state: CloudState;
  readonly calls: Call[];
  /** Asked at each call, before it has any effect. */
  onCall: (call: Call) => Fault | null | Promise<Fault | null>;
  /** Asked after a call had its effect, before the answer. */
  onDone: (call: Call) => void | Promise<void>;
  /** So many readings show what was before the last change. */
  staleReads: number;
}

export const capabilities: Capabilities = {
  isolation: 'overlayDeny',
  console: 'none',
  passwordReset: 'none',
  cutsEstablished: 'unknown',
  rulesPerCall: 100,
  groupsPerInterface: 5,
};

const refused = (code: ErrorCode): Result<never> =>
  err(appError(code, { action: 'Action', code: '-', requestId: 'r-0', status: 400 }));

/** What of all groups concerns one instance, with everybody who carries each group. */
function snapshotOf(
  state: CloudState,
  instanceId: string,
  takenAtMs: number,
  also: readonly string[],
): NetworkSnapshot | null {
  const instance = state.instances.find(({ id }) => id === instanceId);
  const interfaces = state.interfaces[instanceId];
  if (!instance || !interfaces) return null;
  const wanted = new Set([...interfaces.flatMap(({ groupIds }) => groupIds), ...also]);
  const carriers = (groupId: string): { id: string; name: string }[] =>
    state.instances
      .filter(({ id }) => (state.interfaces[id] ?? []).some(({ groupIds }) => groupIds.includes(groupId)))
      .map(({ id, name }) => ({ id, name }));
  return structuredClone({
    takenAtMs,
    instance,
    interfaces,
    groups: state.groups
      .filter(({ id }) => wanted.has(id))
      .map((group) => ({ ...group, members: carriers(group.id) })),
    prefixLists: {},
    portLists: {},
  });
}

/** A cloud in memory that knows groups, rules, memberships and tokens, and fails when it is told to. */
export function createFakeCloud(initial: CloudState, now: () => number): FakeCloud {
  let index = 0;
  let requests = 0;
  let shown: CloudState | null = null;

  function effect(state: CloudState, instanceId: string, change: NetworkChange): Result<string | null> {
    if (change.kind === 'createGroup') {
      const id = `sg-made-${++state.counter}`;
      const { name, vpcId, type, tags } = change;
      const innerAccess = type === 'basic' ? 'accept' : 'drop';
      state.groups.push({
        id,
        name,
        vpcId,
        type,
        innerAccess,
        managed: false,
        tags,
        ingress: [],
        members: [],
      });
      return ok(id);
    }
    if (change.kind === 'changeGroups') {
      const one = state.interfaces[instanceId]?.find(({ id }) => id === change.interfaceId);
      if (!one) return refused('cloud.notFound');
      const kept = one.groupIds.filter((id) => !change.remove.includes(id));
      const groupIds = [...kept, ...change.add.filter((id) => !kept.includes(id))];
      if (groupIds.some((id) => !state.groups.some((group) => group.id === id)))
        return refused('cloud.notFound');
      if (groupIds.length === 0) return refused('cloud.lastGroup');
      if (groupIds.length > capabilities.groupsPerInterface) return refused('cloud.limit');
      one.groupIds = groupIds;
      return ok(null);
    }
    const group = state.groups.find(({ id }) => id === change.groupId);
    if (!group) return refused('cloud.notFound');
    if (group.managed) return refused('cloud.managed');
    const carried = Object.values(state.interfaces).some((all) =>
      all.some(({ groupIds }) => groupIds.includes(group.id)),
    );
    if (change.kind === 'deleteGroup' && carried) return refused('cloud.conflict');
    const snapshot = snapshotOf(state, instanceId, 0, [group.id]);
    if (!snapshot) return refused('cloud.notFound');
    const [after] = predictChange(snapshot, change).groups.filter(({ id }) => id === group.id);
    state.groups = state.groups.flatMap((one) => {
      if (one.id !== group.id) return [one];
      if (!after) return [];
      const ingress = after.ingress.map((rule) =>
        rule.id === null ? { ...rule, id: `sgr-${++state.counter}` } : rule,
      );
      return [{ ...after, ingress, members: [] }];
    });
    return ok(null);
  }

  async function call<T>(
    kind: CallKind,
    token: string | null,
    signal: AbortSignal,
    work: () => Result<T>,
  ): Promise<Result<T>> {
    const made: Call = { kind, token, index: index++, signal };
    cloud.calls.push(made);
    const fails = await cloud.onCall(made);
    if (signal.aborted) return err(appError('app.cancelled'));
    if (fails?.when === 'before') return err(fails.error);
    const result = work();
    await cloud.onDone(made);
    return fails ? err(fails.error) : result;
  }

  const cloud: FakeCloud = {
    state: initial,
    calls: [],
    onCall: () => null,
    onDone: () => undefined,
    staleReads: 0,
    capabilities,
    checkCredentials: async () => ok(null),
    listRegions: async () => ok([]),
    listInstances: async () => ok(cloud.state.instances),
    snapshot: (ref, signal, options) =>
      call('snapshot', null, signal, () => {
        const stale = cloud.staleReads > 0 && shown !== null;
        if (cloud.staleReads > 0) cloud.staleReads -= 1;
        const state = stale && shown ? shown : cloud.state;
        const snapshot = snapshotOf(state, ref.instanceId, now(), options?.groupIds ?? []);
        if (!snapshot) return refused('cloud.notFound');
        if (options?.members !== false) return ok(snapshot);
        const alone = snapshot.groups.map((group) => ({
          ...group,
          members: group.members.filter(({ id }) => id === ref.instanceId),
        }));
        return ok({ ...snapshot, groups: alone });
      }),
    findGroups: (_region, tags, signal) =>
      call('findGroups', null, signal, () =>
        ok(
          cloud.state.groups.filter((group) =>
            Object.entries(tags).every(([key, value]) => group.tags[key] === value),
          ),
        ),
      ),
    describe: (change, ref) => [
      { action: change.kind, parameters: { RegionId: ref.region, InstanceId: ref.instanceId } },
    ],
    apply: (change, ref, token, signal) =>
      call(change.kind, token, signal, () => {
        const asked = JSON.stringify(change);
        const known = cloud.state.answers[token];
        if (known) return known.asked === asked ? ok(known.answer) : refused('cloud.tokenMismatch');
        shown = structuredClone(cloud.state);
        const done = effect(cloud.state, ref.instanceId, change);
        if (!done.ok) return done;
        const answer: AppliedChange = { requestIds: [`r-${++requests}`], groupId: done.value };
        cloud.state.answers[token] = { asked, answer };
        return ok(answer);
      }),
  };
  return cloud;
}

/** Everything about an instance that undo has to bring back: rules as multisets without ids, memberships, settings. */
export function fingerprint(state: CloudState): string {
  const rule = (one: SecurityGroup['ingress'][number]): string => `${ruleKey(one)}|${one.description}`;
  return JSON.stringify({
    interfaces: Object.entries(state.interfaces).map(([id, all]) => [
      id,
      all.map((one) => [one.id, [...one.groupIds].sort()]),
    ]),
    groups: [...state.groups]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((group) => [group.id, group.innerAccess, group.tags, group.ingress.map(rule).sort()]),
  });
}
