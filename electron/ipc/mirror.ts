import type { InstanceView } from '../../shared/account-status';
import type { Snapshot, StateChange } from '../../shared/snapshot';

type MirrorChanges = Partial<Omit<Snapshot, 'app' | 'fleet'>>;

export interface Mirror {
  /** The whole state and the number of the last change in it. */
  current(): { seq: number; snapshot: Snapshot };
  change(changes: MirrorChanges): void;
  /** Puts in the views that are new or different, and takes out those no longer there. */
  setFleet(fleet: readonly InstanceView[]): void;
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

/**
 * What the window sees: changes that come together are sent together, each batch with the next sequence
 * number. A fetch sends what is waiting first, so its number covers everything in its snapshot.
 */
export function createMirror({ initial, send, later }: MirrorOptions): Mirror {
  let snapshot = initial;
  let seq = 0;
  let changes: MirrorChanges = {};
  let fleetChanged = new Map<string, InstanceView>();
  let fleetRemoved = new Set<string>();
  let cancel: (() => void) | undefined;

  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    if (Object.keys(changes).length === 0 && fleetChanged.size === 0 && fleetRemoved.size === 0) return;
    const change = {
      seq: ++seq,
      changes,
      fleetChanged: [...fleetChanged.values()],
      fleetRemoved: [...fleetRemoved],
    };
    changes = {};
    fleetChanged = new Map();
    fleetRemoved = new Set();
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
      const before = new Map(snapshot.fleet.map((view) => [view.id, view]));
      for (const view of fleet) {
        if (before.get(view.id) !== view) fleetChanged.set(view.id, view);
        fleetRemoved.delete(view.id);
        before.delete(view.id);
      }
      for (const id of before.keys()) {
        fleetChanged.delete(id);
        fleetRemoved.add(id);
      }
      snapshot = { ...snapshot, fleet: [...fleet] };
      if (fleetChanged.size > 0 || fleetRemoved.size > 0) soon();
    },
    flush,
    dispose() {
      cancel?.();
      cancel = undefined;
    },
  };
}
