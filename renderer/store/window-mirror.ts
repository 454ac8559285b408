import { useStore } from 'zustand';
import type { InstanceView } from '../../shared/account-status';
import type { ConnectionProfile, InstanceId } from '../../shared/instance';
import type { Settings } from '../../shared/settings';
import { defaultSettings } from '../../shared/settings';
import { api, setMalformedEventListener } from '../api';
import { createMirror, type MirrorState } from './mirror';

/** The window's one mirror of main's state. */
export const mirror = createMirror({
  fetch: () => api.app.snapshot(null),
  subscribe: (listener) => api.on.state.changed(listener),
  later: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});
setMalformedEventListener((channel) => {
  if (channel === 'state.changed') mirror.resync();
});

export const useMirror = <T>(select: (state: MirrorState) => T): T => useStore(mirror.store, select);
export const useSettings = (): Settings => useMirror((state) => state.base?.settings ?? defaultSettings);
export const useProfile = (id: InstanceId | null): ConnectionProfile | undefined =>
  useMirror((state) => (id === null ? undefined : state.profiles[id]));
export const useInstance = (id: InstanceId): InstanceView | undefined =>
  useMirror((state) => state.fleet[id]);
/** True when the instance belongs to the practice lab, or the whole run is practice. */
export const usePractice = (id: InstanceId): boolean =>
  useMirror(
    (state) => state.base?.app.practice === true || state.base?.lab.instanceIds.includes(id) === true,
  );
