import type { NetworkSnapshot } from '../../../shared/network';
import type { InstanceIsolation, IsolationTarget } from './types';
import { type Known, nothingKnown, viewOf } from './view';

export interface Board {
  known(instanceId: string): Known;
  /** Changes what is known of an instance and tells whoever watches. */
  set(instanceId: string, changes: Partial<Known>): void;
  /**
   * What was read last counts, if it is not older than what is known. Read without `members`, who else carries each
   * group is taken from the reading before. Gives what was read so completed.
   */
  setRead(instanceId: string, snapshot: NetworkSnapshot, members: boolean): NetworkSnapshot;
  views(): InstanceIsolation[];
  view(id: string): InstanceIsolation | null;
}

/** What is known of every instance; views are made of it when they are asked for. */
export function createBoard(
  targets: () => readonly IsolationTarget[],
  onChange: (views: readonly InstanceIsolation[]) => void,
): Board {
  const all = new Map<string, Known>();
  const known = (instanceId: string): Known => all.get(instanceId) ?? nothingKnown;
  const board: Board = {
    known,
    set(instanceId, changes) {
      all.set(instanceId, { ...known(instanceId), ...changes });
      const concerned = targets().filter((target) => target.instanceId === instanceId);
      if (concerned.length > 0) onChange(concerned.map((target) => viewOf(target, known(instanceId))));
    },
    setRead(instanceId, snapshot, members) {
      const before = known(instanceId).snapshot;
      const groups = snapshot.groups.map((group) => {
        const old = members ? undefined : before?.groups.find(({ id }) => id === group.id);
        return old ? { ...group, members: old.members } : group;
      });
      const whole = { ...snapshot, groups };
      if (!before || before.takenAtMs <= snapshot.takenAtMs)
        board.set(instanceId, { snapshot: whole, readError: null });
      return whole;
    },
    views: () => targets().map((target) => viewOf(target, known(target.instanceId))),
    view(id) {
      const target = targets().find((one) => one.id === id);
      return target ? viewOf(target, known(target.instanceId)) : null;
    },
  };
  return board;
}
