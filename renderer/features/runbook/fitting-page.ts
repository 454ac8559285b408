import type { RunbookPageId, RunbookTarget } from '../../../shared/runbook';
import type { Destination } from '../../../shared/snapshot';
import type { DialogState, Route } from '../../store/ui';

/** The page that explains what is on the screen. */
export function fittingPage(route: Route, dialog: DialogState | null): RunbookPageId {
  switch (dialog?.kind) {
    case 'isolate':
    case 'plan':
      return 'isolation';
    case 'restoreToTrust':
      return 'step-restore';
    case 'recipe':
    case 'undo':
      return 'record-originals';
    case 'probeRdp':
    case 'connectRdp':
      return 'rdp-proof';
    case 'resetPassword':
      return 'reset-password';
    case 'unlockAccount':
      return 'unlock-without-console';
    default:
      return pageOfRoute(route);
  }
}

function pageOfRoute(route: Route): RunbookPageId {
  switch (route.page) {
    case 'instance':
      return 'causes';
    case 'savedLog':
      return 'events';
    case 'cloud':
      return 'isolation';
    case 'audit':
      return 'after-the-incident';
    case 'incidents':
    case 'incident':
      return 'step-verify';
    case 'policy':
      return 'policy-trade-off';
    case 'settings':
      return 'changing-address';
    default:
      return 'start-here';
  }
}

/** Where a link to a live part of the app leads; what belongs to an instance leads to the one that was left. */
export function destinationOf(target: RunbookTarget, from: Destination): Destination | null {
  switch (target) {
    case 'instance':
      return from.page === 'instance' ? from : { page: 'fleet' };
    case 'checklist':
      return from.page === 'checklist' ? from : { page: 'incidents' };
    case 'fleet':
    case 'incidents':
    case 'directory':
    case 'audit':
    case 'cloud':
    case 'settings':
    case 'savedLog':
      return { page: target };
    default:
      return null;
  }
}
