import type { InstanceId } from '../../shared/instance';
import type { Snapshot, StateChange } from '../../shared/snapshot';

type Parts = Pick<Snapshot, 'fleet' | 'isolation'>;
type MirrorChanges = Partial<Omit<Snapshot, 'app' | keyof Parts>>;

export interface Mirror {
  /** The whole state and the number of the last change in it. */
  current(): { seq: number; snapshot: Snapshot };
  change(changes: MirrorChanges): void;
  /** Puts in the views that are new or different, and takes out those no longer there. */
  setFleet(fleet: readonly Snapshot['fleet'][number][]): void;
  setIsolation(views: readonly Snapshot['isolation'][number][]): void;
  /** Sends what is waiting at once. */
  flush(): void;
  dispose(): void;
}

export interface MirrorOptions {
  readonly initial: Snapshot;
  readonly send: (change: StateChange) => void;
  /** Runs a function once, some milliseconds later; returns how to call it off. */
  readonly later: (run: () => void) => () => void;
}

/** Views by instance of which only those that changed are sent. */
interface ViewChanges<View> {
  /** Whether there is anything to send. */
  set(before: readonly View[], next: readonly View[]): boolean;
  take(): { readonly changed: View[]; readonly removed: InstanceId[] };
}

function createViewChanges<View extends { readonly id: InstanceId }>(): ViewChanges<View> {
  let changed = new Map<InstanceId, View>();
  let removed = new Set<InstanceId>();
  return {
    set(before, next) {
      const gone = new Map(before.map((view) => [view.id, view]));
      for (const view of next) {
        if (gone.get(view.id) !== view) changed.set(view.id, view);
        removed.delete(view.id);
        gone.delete(view.id);
      }
      for (const id of gone.keys()) {
        changed.delete(id);
        removed.add(id);
      }
      return changed.size > 0 || removed.size > 0;
    },
    take() {
      const taken = { changed: [...changed.values()], removed: [...removed] };
      changed = new Map();
      removed = new Set();
      return taken;
    },
  };
}

/**
 * What the window sees: changes that come together are sent together, each batch with the next sequence
 * number. A fetch sends what is waiting first, so its number covers everything in its snapshot.
 */
export function createMirror({ initial, send, later }: MirrorOptions): Mirror {
  let snapshot = initial;
  let seq = 0;
  let changes: MirrorChanges = {};
  const fleetViews = createViewChanges<Snapshot['fleet'][number]>();
  const isolationViews = createViewChanges<Snapshot['isolation'][number]>();
  let cancel: (() => void) | undefined;

  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    const fleet = fleetViews.take();
    const isolation = isolationViews.take();
    const views = [fleet.changed, fleet.removed, isolation.changed, isolation.removed];
    if (Object.keys(changes).length === 0 && views.every(({ length }) => length === 0)) return;
    const change = {
      seq: ++seq,
      changes,
      fleetChanged: fleet.changed,
      fleetRemoved: fleet.removed,
      isolationChanged: isolation.changed,
      isolationRemoved: isolation.removed,
    };
    changes = {};
    send(change);
  };
  const soon = (): void => {
    cancel ??= later(flush);
  };

  return {
    current() {
      flush();
      return { seq, snapshot };
    },
    change(next) {
      snapshot = { ...snapshot, ...next };
      changes = { ...changes, ...next };
      soon();
    },
    setFleet(fleet) {
      const news = fleetViews.set(snapshot.fleet, fleet);
      snapshot = { ...snapshot, fleet: [...fleet] };
      if (news) soon();
    },
    setIsolation(views) {
      const news = isolationViews.set(snapshot.isolation, views);
      snapshot = { ...snapshot, isolation: [...views] };
      if (news) soon();
    },
    flush,
    dispose() {
      cancel?.();
      cancel = undefined;
    },
  };
}
