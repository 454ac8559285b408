import type { Checklist, ChecklistAction, ChecklistPart, ChecklistState } from '../../../shared/checklist';
import type { InstanceId } from '../../../shared/instance';
import type { Destination } from '../../../shared/snapshot';
import type { DialogState } from '../../store/ui';
import { partsOf } from './state';

/** Where a part's button leads. */
export type Lead =
  | { readonly kind: 'dialog'; readonly dialog: DialogState }
  | { readonly kind: 'page'; readonly to: Destination };

/** A page, or the dialog of whoever does it; that asks before anything is changed. Pure. */
export function leadOf(action: ChecklistAction, id: InstanceId, hasCloudAccount: boolean): Lead {
  const dialog = (state: DialogState): Lead => ({ kind: 'dialog', dialog: state });
  switch (action.kind) {
    case 'isolate':
      return dialog({ kind: 'isolate', ids: [id] });
    case 'recipe':
    case 'restoreToTrust':
    case 'resetPassword':
    case 'probeRdp':
    case 'connectRdp':
    case 'openConsole':
      return dialog({ kind: action.kind, id });
    case 'unlockAccount':
      return dialog({ kind: 'unlockAccount', id, accountKey: action.accountKey });
    case 'linkCloud':
      return hasCloudAccount ? dialog({ kind: 'cloudLink', id }) : { kind: 'page', to: { page: 'cloud' } };
    case 'openDirectory':
      return { kind: 'page', to: { page: 'directory' } };
    case 'openAccount':
      return { kind: 'page', to: { page: 'instance', instanceId: id, accountKey: action.accountKey } };
  }
}

/** Whether its button stands out: the one that does it, of the part that comes next. */
export const isNext = (checklist: Checklist, { id }: ChecklistPart): boolean => checklist.next?.part === id;

const settled: readonly ChecklistState[] = ['done', 'notNeeded'];

/** Buttons of a part that is done are of no use, but for looking at what it is about. */
export const actionsOf = ({ state, actions }: ChecklistPart): readonly ChecklistAction[] =>
  actions.filter(({ kind }) => !settled.includes(state) || kind === 'openAccount' || kind === 'recipe');

/** What a hand can do: tick it, or take its tick back; null: nothing. */
export function handOf({ byHand, state, by }: ChecklistPart): 'tick' | 'takeBack' | null {
  if (!byHand || state === 'notNeeded') return null;
  if (state === 'done') return by === 'hand' ? 'takeBack' : null;
  return 'tick';
}

/** Parts whose state is another one than before, for those who do not see it. */
export function changedParts(before: Checklist | null, after: Checklist): readonly ChecklistPart[] {
  if (before?.incidentId !== after.incidentId || before.accountKey !== after.accountKey) return [];
  const known = new Map(partsOf(before).map(({ id, state }) => [id, state]));
  return partsOf(after).filter(({ id, state }) => known.has(id) && known.get(id) !== state);
}
