import type { InstanceId } from '../../../shared/instance';
import type { AddressOffer, CloudAccount } from '../../../shared/isolation-contract';
import type { Settings } from '../../../shared/settings';
import type { Snapshot } from '../../../shared/snapshot';
import type { MirrorState } from '../../store/mirror';
import { useMirror, useSettings } from '../../store/window-mirror';

export type InstanceIsolation = Snapshot['isolation'][number];
export type IsolationSettings = Pick<
  Settings,
  'followAddressByItself' | 'addressServices' | 'ownAddressService' | 'adminName'
>;

const noViews: readonly InstanceIsolation[] = [];
const noAccounts: readonly CloudAccount[] = [];
const noOffers: readonly AddressOffer[] = [];

const maps = new WeakMap<readonly InstanceIsolation[], ReadonlyMap<InstanceId, InstanceIsolation>>();

/** The views by instance; made once for every state that main sends, however many rows ask. */
export function isolationById(state: MirrorState): ReadonlyMap<InstanceId, InstanceIsolation> {
  const views = state.base?.isolation ?? noViews;
  let map = maps.get(views);
  if (!map) {
    map = new Map(views.map((view) => [view.id, view]));
    maps.set(views, map);
  }
  return map;
}

export const useIsolation = (id: InstanceId): InstanceIsolation | undefined =>
  useMirror((state) => isolationById(state).get(id));
export const useIsolations = (): ReadonlyMap<InstanceId, InstanceIsolation> => useMirror(isolationById);
export const useCloudAccounts = (): readonly CloudAccount[] =>
  useMirror((state) => state.base?.cloudAccounts ?? noAccounts);
export const useAddressOffers = (): readonly AddressOffer[] =>
  useMirror((state) => state.base?.addressOffers ?? noOffers);
export const useIsolationSettings = (): IsolationSettings => useSettings();
