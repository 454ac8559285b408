import type { TrayInput, TrayItem } from './tray-model';

/** More lines than this make a menu that no one reads. */
const SHOWN = 5;

/** Each open incident's checklist with what comes next. An entry leads to it; nothing is done from here. */
export function checklistItems({ checklists, nameOf }: TrayInput): readonly TrayItem[] {
  const items = checklists.slice(0, SHOWN).map(({ incidentId, instanceId, accountName, next }): TrayItem => {
    const names = { instance: nameOf(instanceId), account: accountName ?? '' };
    const key = next === null ? 'done' : accountName === null ? 'next' : 'nextOf';
    return {
      kind: 'action',
      label: { key: `tray.checklist.${key}`, params: { ...names, part: next?.part ?? '' } },
      action: { do: 'navigate', to: { page: 'checklist', incidentId } },
    };
  });
  if (items.length === 0) return [];
  const hidden = checklists.length - items.length;
  const more: TrayItem = {
    kind: 'action',
    label: { key: 'tray.checklist.more', params: { count: hidden } },
    action: { do: 'navigate', to: { page: 'incidents' } },
  };
  return [...items, ...(hidden > 0 ? [more] : []), { kind: 'separator' }];
}
