import type { HistoryLine } from '../../incidents/types';
import type { PartChange } from './rules';

const KEYS = { done: 'done', reopened: 'reopened', 'taken back': 'takenBack' } as const;

/** How a part's change reads in the incident's history. Pure. */
export function lineOf({ part, to, by, who, atMs }: PartChange): HistoryLine {
  const key = to === 'done' && by === 'hand' ? 'ticked' : KEYS[to];
  return { kind: 'step', atMs, who, text: { key: `checklist.history.${key}`, params: { part } } };
}
