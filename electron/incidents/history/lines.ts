import type { IncidentEntry } from '../../../shared/incident';
import type { Change } from '../rules/types';
import type { IncidentDocument } from '../store/document';
import type { HistoryLine } from '../types';

/** Lines of evidence that one history holds; the first and the newest stay. */
export const MOST_LINES = 1000;
const FIRST_LINES = 200;

/** How a change reads in the history. */
export function lineOf(change: Change): HistoryLine {
  const say = (key: string, params: Record<string, string | number> = {}): HistoryLine => ({
    kind: 'evidence',
    atMs: change.atMs,
    who: null,
    text: { key: `incident.line.${key}`, params },
  });
  switch (change.kind) {
    case 'opened':
    case 'reopened':
      return say(`${change.kind}.${change.why}`, { account: change.account });
    case 'locked':
    case 'accountJoined':
      return say(change.kind, { account: change.account });
    case 'unlocked':
      return say(`unlocked.${change.status === 'counting' ? 'counting' : 'clear'}`, {
        account: change.account,
      });
    case 'renamed':
      return say('renamed', { account: change.account, from: change.from });
    case 'verdict':
      return say(`verdict.${change.verdict}`);
    case 'joined':
    case 'joinedInto':
      return say(change.kind);
  }
}

type History = Pick<IncidentDocument, 'entries' | 'nextSeq' | 'linesLeftOut'>;
type NewEntry = Omit<IncidentEntry, 'seq'>;

const sameEntry = (a: NewEntry, b: NewEntry): boolean =>
  a.atMs === b.atMs &&
  a.kind === b.kind &&
  a.who === b.who &&
  a.note === b.note &&
  JSON.stringify(a.text) === JSON.stringify(b.text);

/**
 * The history with more entries, in the order in which they happened; one that is there already is not doubled. Beyond
 * `MOST_LINES` lines of evidence those between the first and the newest are left out and counted. What was done, and
 * the admin's notes, always stay.
 */
export function withEntries(history: History, entries: readonly NewEntry[]): History {
  const news: IncidentEntry[] = [];
  for (const entry of entries) {
    if (history.entries.some((one) => sameEntry(one, entry)) || news.some((one) => sameEntry(one, entry)))
      continue;
    news.push({ ...entry, seq: history.nextSeq + news.length });
  }
  if (news.length === 0) return history;
  const all = [...history.entries, ...news].sort((a, b) => a.atMs - b.atMs || a.seq - b.seq);
  const evidence = all.filter(({ kind }) => kind === 'evidence');
  const over = Math.max(0, evidence.length - MOST_LINES);
  const left = new Set(evidence.slice(FIRST_LINES, FIRST_LINES + over));
  return {
    entries: left.size === 0 ? all : all.filter((entry) => !left.has(entry)),
    nextSeq: history.nextSeq + news.length,
    linesLeftOut: history.linesLeftOut + left.size,
  };
}

export const entryOf = (line: HistoryLine): NewEntry => ({ ...line, note: null });
