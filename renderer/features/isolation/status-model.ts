import type { Exposure, Verification } from '../../../shared/isolation';
import type { InstanceIsolation } from './state';

/** `good` only for what was read again and found so. */
export type Tone = 'good' | 'warning' | 'danger' | 'neutral' | 'busy';
export type MarkKind =
  | 'applying'
  | 'restoring'
  | 'isolated'
  | 'isolatedExcept'
  | 'unverified'
  | 'reopened'
  | 'trustedOnly'
  | 'trustedExcept'
  | 'trustUnverified'
  | 'needsAttention'
  | 'foreign';
export interface Mark {
  readonly kind: MarkKind;
  readonly tone: Tone;
}

export const busyStates: readonly InstanceIsolation['state'][] = [
  'planned',
  'recorded',
  'applying',
  'restoring',
];
export const isBusy = (view: Pick<InstanceIsolation, 'state' | 'progress'>): boolean =>
  view.progress !== null || busyStates.includes(view.state);

const certainPaths = (verification: Verification): boolean =>
  verification.remaining.some((path) => path.certain);

/** What a reading after the verification says instead; null when there is none that differs. */
function since(
  verification: Verification | null,
  exposure: Exposure | null,
  wanted: Exposure['verdict'],
): Exposure['verdict'] | null {
  if (!exposure || exposure.verdict === wanted) return null;
  return verification === null || exposure.takenAtMs > verification.atMs ? exposure.verdict : null;
}

function verified(view: InstanceIsolation, wanted: 'closed' | 'trustedOnly'): Mark {
  const verification = view.entry?.verification ?? null;
  const unverified: Mark = {
    kind: wanted === 'closed' ? 'unverified' : 'trustUnverified',
    tone: 'warning',
  };
  const later = since(verification, view.exposure, wanted);
  if (later === 'open') return { kind: 'reopened', tone: 'danger' };
  if (later !== null || verification?.verdict !== wanted) return unverified;
  if (certainPaths(verification)) {
    return { kind: wanted === 'closed' ? 'isolatedExcept' : 'trustedExcept', tone: 'warning' };
  }
  return { kind: wanted === 'closed' ? 'isolated' : 'trustedOnly', tone: 'good' };
}

/**
 * How an instance's isolation is shown; null when there is nothing to show. It is green only when the rules were
 * read again, say so, and no other way in is certain.
 */
export function markOf(view: InstanceIsolation | undefined): Mark | null {
  if (!view) return null;
  if (view.state === 'restoring') return { kind: 'restoring', tone: 'busy' };
  if (isBusy(view)) {
    const closing = view.progress === null || view.progress.kind === 'isolate';
    return { kind: closing ? 'applying' : 'restoring', tone: 'busy' };
  }
  switch (view.state) {
    case 'isolated':
      return verified(view, 'closed');
    case 'unverified':
      return { kind: 'unverified', tone: 'warning' };
    case 'restoredToTrust':
      return verified(view, 'trustedOnly');
    case 'needsAttention':
      return { kind: 'needsAttention', tone: 'danger' };
    case 'foreign':
      return { kind: 'foreign', tone: 'neutral' };
    default:
      return null;
  }
}

export type IsolationAction = 'isolate' | 'restoreToTrust' | 'undo' | 'resume' | 'recipe';

/** What the admin can do now; the first is the one to press. */
export function actionsOf(view: InstanceIsolation): readonly IsolationAction[] {
  if (isBusy(view)) return [];
  const recipe: readonly IsolationAction[] = view.entry ? ['recipe'] : [];
  switch (view.state) {
    case 'isolated':
    case 'unverified':
      return ['restoreToTrust', 'undo', ...recipe];
    case 'restoredToTrust':
      return ['restoreToTrust', 'isolate', 'undo', ...recipe];
    case 'needsAttention':
      return ['resume', 'undo', ...recipe];
    case 'foreign':
      return ['restoreToTrust', 'undo'];
    default:
      return ['isolate'];
  }
}
