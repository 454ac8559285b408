import { createStore, type StoreApi } from 'zustand/vanilla';
import type { InstanceView } from '../../shared/account-status';
import type { AppError } from '../../shared/errors';
import type { ConnectionProfile, InstanceId } from '../../shared/instance';
import type { Result } from '../../shared/result';
import type { Snapshot, StateChange } from '../../shared/snapshot';

export interface MirrorState {
  /** `loading`: nothing has arrived yet. `failed`: nothing has arrived and the last try failed. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly seq: number;
  /** True while what is here is known to be behind main. */
  readonly stale: boolean;
  readonly error: AppError | null;
  /** Everything but the fleet, which changes by instance. Null until the first snapshot. */
  readonly base: Omit<Snapshot, 'fleet'> | null;
  readonly fleet: Readonly<Record<InstanceId, InstanceView>>;
  readonly profiles: Readonly<Record<InstanceId, ConnectionProfile>>;
}

export const emptyMirror: MirrorState = {
  phase: 'loading',
  seq: -1,
  stale: true,
  error: null,
  base: null,
  fleet: {},
  profiles: {},
};

const byId = <T extends { readonly id: string }>(values: readonly T[]): Record<string, T> =>
  Object.fromEntries(values.map((value) => [value.id, value]));

/** The state that a whole snapshot gives. */
export function fromSnapshot(seq: number, snapshot: Snapshot): MirrorState {
  const { fleet, ...base } = snapshot;
  return {
    phase: 'ready',
    seq,
    stale: false,
    error: null,
    base,
    fleet: byId(fleet),
    profiles: byId(base.profiles),
  };
}

/** The list with those that changed put in their places; the same list when none did. */
function withViews<View extends { readonly id: InstanceId }>(
  views: readonly View[],
  changed: readonly View[],
  removed: readonly InstanceId[],
): View[] {
  if (changed.length === 0 && removed.length === 0) return views as View[];
  const next = new Map([...views, ...changed].map((view) => [view.id, view]));
  for (const id of removed) next.delete(id);
  return [...next.values()];
}

/**
 * Applies one event: `old` when it is already contained, `gap` when events before it are missing (or nothing has
 * arrived yet), else the next state. Instances that did not change keep their identity.
 */
export function applyChange(state: MirrorState, change: StateChange): MirrorState | 'old' | 'gap' {
  if (state.base === null) return 'gap';
  if (change.seq <= state.seq) return 'old';
  if (change.seq > state.seq + 1) return 'gap';
  let fleet = state.fleet;
  if (change.fleetChanged.length > 0 || change.fleetRemoved.length > 0) {
    const next = { ...fleet, ...byId(change.fleetChanged) };
    for (const id of change.fleetRemoved) delete next[id];
    fleet = next;
  }
  const isolation = withViews(state.base.isolation, change.isolationChanged, change.isolationRemoved);
  const changes = Object.fromEntries(
    Object.entries(change.changes).filter(([, value]) => value !== undefined),
  );
  const changed = Object.keys(changes).length > 0 || isolation !== state.base.isolation;
  return {
    ...state,
    seq: change.seq,
    base: changed ? { ...state.base, ...changes, isolation } : state.base,
    fleet,
    profiles: change.changes.profiles ? byId(change.changes.profiles) : state.profiles,
  };
}

export interface MirrorSource {
  readonly fetch: () => Promise<Result<{ seq: number; snapshot: Snapshot }>>;
  readonly subscribe: (listener: (change: StateChange) => void) => () => void;
  readonly later: (run: () => void, ms: number) => () => void;
}

export interface Mirror {
  readonly store: StoreApi<MirrorState>;
  start(): void;
  /** Fetches the whole state again: after a gap, a malformed event, or when the admin asks. */
  resync(): void;
  dispose(): void;
}

const RETRY_FIRST_MS = 500;
const RETRY_LAST_MS = 15_000;

/** Follows main: subscribe first, then fetch; events that come meanwhile wait and are applied after. */
export function createMirror(source: MirrorSource): Mirror {
  const store = createStore<MirrorState>(() => emptyMirror);
  let waiting: StateChange[] = [];
  let fetching = false;
  let again = false;
  let retryMs = RETRY_FIRST_MS;
  let unsubscribe: (() => void) | undefined;
  let cancelRetry: (() => void) | undefined;
  let disposed = false;

  const take = (change: StateChange): boolean => {
    const next = applyChange(store.getState(), change);
    if (next === 'gap') return false;
    if (next !== 'old') store.setState(next, true);
    return true;
  };

  const settle = (seq: number, snapshot: Snapshot): void => {
    retryMs = RETRY_FIRST_MS;
    const events = waiting.sort((a, b) => a.seq - b.seq);
    waiting = [];
    store.setState(fromSnapshot(seq, snapshot), true);
    for (const event of events) {
      if (!take(event)) {
        again = true;
        return;
      }
    }
  };

  const retryLater = (): void => {
    again = false;
    store.setState({ stale: true });
    cancelRetry = source.later(resync, retryMs);
    retryMs = Math.min(retryMs * 2, RETRY_LAST_MS);
  };

  const resync = (): void => {
    if (disposed) return;
    cancelRetry?.();
    cancelRetry = undefined;
    store.setState({ stale: true });
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    // What came before this request is in its answer.
    waiting = [];
    void source.fetch().then((answer) => {
      fetching = false;
      if (disposed) return;
      if (answer.ok) {
        again = false;
        settle(answer.value.seq, answer.value.snapshot);
        if (again) retryLater();
        return;
      }
      const { base } = store.getState();
      store.setState({ error: answer.error, phase: base === null ? 'failed' : 'ready' });
      retryLater();
    });
  };

  return {
    store,
    start: () => {
      unsubscribe = source.subscribe((change) => {
        if (fetching || store.getState().base === null) waiting.push(change);
        else if (!take(change)) resync();
      });
      resync();
    },
    resync,
    dispose: () => {
      disposed = true;
      unsubscribe?.();
      cancelRetry?.();
    },
  };
}
