import type { InstanceIsolation } from '../../isolation/service/types';
import type { HistoryLine } from '../types';

type Seen = Pick<InstanceIsolation, 'state' | 'entry'> & { readonly planId: string | null };

export const seenOf = ({ state, entry, progress }: InstanceIsolation): Seen => ({
  state,
  entry,
  planId: progress?.planId ?? null,
});

const TOLD = new Set<InstanceIsolation['state']>([
  'isolated',
  'unverified',
  'restoredToTrust',
  'restored',
  'needsAttention',
  'foreign',
]);

/** What the isolation of an instance adds to the history of its incidents: begun, come to an end, or found. */
export function isolationLines(
  before: Seen | undefined,
  view: InstanceIsolation,
  nowMs: number,
): HistoryLine[] {
  // What is seen first may be of long ago.
  if (!before) return [];
  const who = view.entry?.admin ?? null;
  const action = (key: string): HistoryLine => ({
    kind: 'action',
    atMs: nowMs,
    who,
    text: { key: `incident.line.isolation.${key}`, params: {} },
  });
  const lines: HistoryLine[] = [];
  const { progress, state } = view;
  if (progress && progress.planId !== before.planId) lines.push(action(`begun.${progress.kind}`));
  if (state !== before.state && TOLD.has(state)) lines.push(action(state));
  return lines;
}
