import { type Phrase, statusOrder } from '../../../shared/account-status';
import type { Snapshot } from '../../../shared/snapshot';
import type { TrayInput, TrayItem } from './tray-model';

type IsolationView = Snapshot['isolation'][number];

/** More lines than this make a menu that no one reads. */
const SHOWN = 8;

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });

/** Closed by an isolation: ours, read again and found, or somebody else's. */
export const isIsolated = ({ state }: IsolationView): boolean => state === 'isolated' || state === 'foreign';

const needsAdmin = ({ state }: IsolationView): boolean =>
  state === 'needsAttention' || state === 'unverified';

/** What is isolated, and what of it waits for the admin; each entry leads to its instance. */
export function isolationItems({ isolation, nameOf }: TrayInput): readonly TrayItem[] {
  const items = isolation
    .filter((view) => isIsolated(view) || needsAdmin(view))
    .sort((a, b) => Number(needsAdmin(b)) - Number(needsAdmin(a)) || nameOf(a.id).localeCompare(nameOf(b.id)))
    .slice(0, SHOWN)
    .map((view): TrayItem => {
      const instance = nameOf(view.id);
      return {
        kind: 'action',
        label: needsAdmin(view)
          ? phrase('tray.isolation.attention', { instance })
          : view.state === 'foreign'
            ? phrase('tray.isolation.foreign', { instance, by: view.foreign?.by ?? '' })
            : phrase('tray.isolation.isolated', { instance }),
        action: { do: 'navigate', to: { page: 'instance', instanceId: view.id, accountKey: null } },
      };
    });
  return items.length > 0 ? [...items, { kind: 'separator' }] : [];
}

/**
 * "Isolate RDP": the instances that can be isolated, the attacked ones first. An entry leads to the preview in the
 * window, where the admin confirms; nothing is done from here.
 */
export function isolateItems({ isolation, fleet, nameOf }: TrayInput): readonly TrayItem[] {
  const rank = (id: string): number => {
    const view = fleet.find((one) => one.id === id);
    return view ? statusOrder.indexOf(view.status) : statusOrder.length;
  };
  const open = isolation
    .filter(({ state, progress }) => (state === 'none' || state === 'restored') && progress === null)
    .sort((a, b) => rank(a.id) - rank(b.id) || nameOf(a.id).localeCompare(nameOf(b.id)));
  if (open.length === 0) return [];
  const items = open.slice(0, SHOWN).map(
    ({ id }): TrayItem => ({
      kind: 'action',
      label: phrase('tray.isolate.instance', { instance: nameOf(id) }),
      action: { do: 'navigate', to: { page: 'isolate', instanceId: id } },
    }),
  );
  const more: TrayItem = {
    kind: 'action',
    label: phrase('tray.isolate.other'),
    action: { do: 'navigate', to: { page: 'fleet' } },
  };
  const all = open.length > SHOWN ? [...items, more] : items;
  return [{ kind: 'menu', label: phrase('tray.isolate'), items: all }];
}
