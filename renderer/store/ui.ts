import { create } from 'zustand';
import type { Status } from '../../shared/account-status';
import type { DirectoryId } from '../../shared/directory';
import type { IncidentId } from '../../shared/incident';
import type { Hop, InstanceId } from '../../shared/instance';
import type { PlanPreview } from '../../shared/isolation-contract';
import type { Destination } from '../../shared/snapshot';
import type { TradeOffScope } from '../../shared/trade-off';

export type Route =
  | { readonly page: 'fleet' }
  | { readonly page: 'instance'; readonly instanceId: InstanceId; readonly accountKey: string | null }
  | { readonly page: 'settings' }
  | { readonly page: 'savedLog' }
  | { readonly page: 'incidents' }
  | { readonly page: 'incident'; readonly incidentId: IncidentId }
  | { readonly page: 'checklist'; readonly incidentId: IncidentId }
  | { readonly page: 'cloud' }
  | { readonly page: 'audit' }
  | DirectoryRoute
  | Extract<Destination, { page: 'runbook' }>
  | { readonly page: 'policy'; readonly scope: TradeOffScope };

/** Without a directory the worst of them is shown. */
export type DirectoryRoute = Extract<Destination, { page: 'directory' }>;

export type DialogState =
  | { readonly kind: 'profile'; readonly id: InstanceId | null; readonly copyOf: InstanceId | null }
  | { readonly kind: 'check'; readonly id: InstanceId }
  | { readonly kind: 'hostKey'; readonly instanceId: InstanceId; readonly hop: Hop }
  | RdpDialog
  | ConsoleDialogState
  | IsolationDialog
  | UnlockDialog
  | DirectoryDialog;

/** Dialogs of `features/directory`. */
export type DirectoryDialog =
  /** Null adds a directory, of this domain where it is known. */
  | { readonly kind: 'directoryProfile'; readonly id: DirectoryId | null; readonly domain: string | null }
  | { readonly kind: 'directoryCheck'; readonly id: DirectoryId }
  | { readonly kind: 'directoryCertificate'; readonly directoryId: DirectoryId; readonly host: string }
  | {
      readonly kind: 'controllerTable' | 'directoryUnlock';
      readonly id: DirectoryId;
      readonly accountKey: string;
    };

/** Dialogs of `features/unlock`. */
export type UnlockDialog =
  | { readonly kind: 'resetPassword'; readonly id: InstanceId }
  | { readonly kind: 'unlockAccount'; readonly id: InstanceId; readonly accountKey: string };

/** The dialog of `features/console`. */
export type ConsoleDialogState = { readonly kind: 'openConsole'; readonly id: InstanceId };

/** Dialogs of `features/rdp`. */
export type RdpDialog = {
  readonly kind: 'probeRdp' | 'connectRdp';
  readonly id: InstanceId;
};

/** Dialogs of `features/isolation` and `features/cloud`. */
export type IsolationDialog =
  /** Without ids the admin chooses the instances first. */
  | { readonly kind: 'isolate'; readonly ids: readonly InstanceId[] }
  | { readonly kind: 'restoreToTrust'; readonly id: InstanceId }
  | { readonly kind: 'undo'; readonly id: InstanceId }
  /** A plan that main has made already. */
  | { readonly kind: 'plan'; readonly preview: PlanPreview }
  | { readonly kind: 'recipe'; readonly id: InstanceId }
  | { readonly kind: 'cloudLink'; readonly id: InstanceId }
  /** Null adds an account. */
  | { readonly kind: 'cloudAccount'; readonly id: string | null };

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly intent: 'success' | 'error';
  readonly undo: {
    readonly token: string;
    readonly untilMs: number;
    /** What was deleted; instances when it is left out. */
    readonly of?: 'directories';
  } | null;
}

export type SortColumn = 'status' | 'name' | 'count' | 'next' | 'verdict' | 'checked';
export interface FleetViewState {
  readonly search: string;
  readonly statuses: readonly Status[];
  readonly group: string | null;
  readonly tag: string | null;
  readonly groupBy: 'none' | 'group' | 'status';
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
  readonly collapsed: readonly string[];
  readonly activeId: InstanceId | null;
}

export const initialFleetView: FleetViewState = {
  search: '',
  statuses: [],
  group: null,
  tag: null,
  groupBy: 'none',
  sort: { column: 'status', descending: false },
  collapsed: [],
  activeId: null,
};

interface UiState {
  readonly route: Route;
  readonly dialog: DialogState | null;
  /** True while an open form holds changes that are not saved. */
  readonly unsaved: boolean;
  /** Where to go once the admin has decided about unsaved changes. */
  readonly pending: Destination | null;
  readonly fleet: FleetViewState;
  readonly toasts: readonly Toast[];
  go(to: Destination): void;
  openDialog(dialog: DialogState): void;
  closeDialog(): void;
  setUnsaved(unsaved: boolean): void;
  /** Leaves the form: `discard` follows the pending way, `stay` forgets it. */
  resolvePending(decision: 'discard' | 'stay'): void;
  setFleet(change: Partial<FleetViewState>): void;
  toast(toast: Omit<Toast, 'id'>): void;
  dismissToast(id: number): void;
}

let nextToast = 1;

function arrive(to: Destination): Pick<UiState, 'route' | 'dialog'> {
  if (to.page === 'addInstance') {
    return { route: { page: 'fleet' }, dialog: { kind: 'profile', id: null, copyOf: null } };
  }
  if (to.page === 'isolate') {
    const { instanceId } = to;
    return {
      route: { page: 'instance', instanceId, accountKey: null },
      dialog: { kind: 'isolate', ids: [instanceId] },
    };
  }
  return { route: to, dialog: null };
}

const sameRoute = (a: Route, b: Route): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is on the screen. It holds nothing that main does not know better. */
export const useUi = create<UiState>((set, get) => ({
  route: { page: 'fleet' },
  dialog: null,
  unsaved: false,
  pending: null,
  fleet: initialFleetView,
  toasts: [],
  go: (to) => {
    const next = arrive(to);
    // Already there: what is open on the page stays open.
    if (next.dialog === null && sameRoute(get().route, next.route)) return;
    if (get().unsaved) set({ pending: to });
    else set(next);
  },
  openDialog: (dialog) => {
    if (!get().unsaved) set({ dialog });
  },
  closeDialog: () => set({ dialog: null, unsaved: false, pending: null }),
  setUnsaved: (unsaved) => {
    if (get().unsaved !== unsaved) set({ unsaved });
  },
  resolvePending: (decision) => {
    const { pending } = get();
    if (decision === 'stay') set({ pending: null });
    else set({ dialog: null, unsaved: false, pending: null, ...(pending ? arrive(pending) : {}) });
  },
  setFleet: (change) => set({ fleet: { ...get().fleet, ...change } }),
  toast: (toast) => set({ toasts: [...get().toasts.slice(-3), { ...toast, id: nextToast++ }] }),
  dismissToast: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
}));
