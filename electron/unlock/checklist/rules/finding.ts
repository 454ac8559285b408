import type { ChecklistPartId } from '../../../../shared/checklist';
import { phrase } from './situation';
import type { Finding } from './types';

/**
 * A part of which nothing is known yet, but for what is said. `variant` names the branch that its sentences are for:
 * `checklist.what.<part>.<variant>` and `checklist.why.<part>.<variant>`.
 */
export function finding(
  id: ChecklistPartId,
  variant: string,
  params: Readonly<Record<string, string | number>>,
  said: Partial<Omit<Finding, 'id' | 'what' | 'why'>>,
): Finding {
  return {
    id,
    what: phrase(`what.${id}.${variant}`, params),
    why: phrase(`why.${id}.${variant}`, params),
    says: 'open',
    atMs: null,
    who: null,
    doing: false,
    holdsNow: false,
    evidence: null,
    actions: [],
    byHand: true,
    optional: false,
    countdown: null,
    ...said,
  };
}

export type Said = Partial<Omit<Finding, 'id' | 'what' | 'why'>>;
