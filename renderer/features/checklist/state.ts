import type { Checklist, ChecklistPart } from '../../../shared/checklist';
import type { InstanceId } from '../../../shared/instance';
import { useMirror } from '../../store/window-mirror';

const none: readonly Checklist[] = [];

export const useChecklist = (incidentId: string): Checklist | undefined =>
  useMirror((state) => state.base?.checklists.find((one) => one.incidentId === incidentId));

/** Every open incident's checklist; the same list while none of them changed. */
export const useChecklists = (): readonly Checklist[] => useMirror((state) => state.base?.checklists ?? none);

export const checklistsOf = (all: readonly Checklist[], id: InstanceId): readonly Checklist[] =>
  all.filter(({ instanceId }) => instanceId === id);

export const partsOf = ({ steps }: Pick<Checklist, 'steps'>): readonly ChecklistPart[] =>
  steps.flatMap(({ parts }) => parts);
