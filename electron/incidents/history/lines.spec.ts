import { describe, expect, it } from 'vitest';
import { statusSchema, verdictSchema } from '../../../shared/account-status';
import type { IncidentEntry } from '../../../shared/incident';
import { isolationStateSchema, planKindSchema } from '../../../shared/isolation';
import { en } from '../../../shared/messages/en';
import { sampleIsolation } from '../../desktop/testing/sample-isolation';
import type { Change } from '../rules/types';
import { NOW } from '../testing/sample-view';
import { isolationLines, seenOf } from './isolation-lines';
import { lineOf, MOST_LINES, withEntries } from './lines';

const base = { id: 'x', atMs: NOW, account: 'alice' };
const whys = ['locked', 'attack', 'imminent'] as const;
const changes: readonly Change[] = [
  ...whys.flatMap((why): Change[] => [
    { ...base, kind: 'opened', why },
    { ...base, kind: 'reopened', why },
  ]),
  { ...base, kind: 'locked' },
  { ...base, kind: 'accountJoined' },
  { ...base, kind: 'renamed', from: 'al' },
  { ...base, kind: 'joined', other: 'y' },
  { ...base, kind: 'joinedInto', other: 'y' },
  ...statusSchema.options.map((status): Change => ({ ...base, kind: 'unlocked', status })),
  ...verdictSchema.shape.kind.options.map((verdict): Change => ({ ...base, kind: 'verdict', verdict })),
];

describe('a line of the history', () => {
  it.each(changes)('has its sentence: $kind', (change) => {
    expect(en).toHaveProperty([lineOf(change).text.key]);
  });

  it('is there for isolations that begin and end, with who did it', () => {
    const before = { ...sampleIsolation(1), state: 'none' as const, progress: null };
    for (const kind of planKindSchema.options) {
      const progress = { planId: 'p', kind, stepsDone: 0, steps: 3, current: null };
      const lines = isolationLines(seenOf(before), { ...before, progress }, NOW);
      expect(lines.map(({ text }) => text.key)).toEqual([`incident.line.isolation.begun.${kind}`]);
      expect(isolationLines(seenOf({ ...before, progress }), { ...before, progress }, NOW)).toEqual([]);
    }
    for (const state of isolationStateSchema.options)
      for (const { text } of isolationLines(seenOf(before), { ...before, state }, NOW))
        expect(en).toHaveProperty([text.key]);
    const isolated = isolationLines(seenOf(before), { ...before, state: 'isolated' }, NOW);
    expect(isolated).toMatchObject([{ kind: 'action', text: { key: 'incident.line.isolation.isolated' } }]);
    expect(isolationLines(undefined, { ...before, state: 'isolated' }, NOW)).toEqual([]);
  });
});

describe('a long history', () => {
  const empty = { entries: [], nextSeq: 1, linesLeftOut: 0 };
  const line = (atMs: number, kind: IncidentEntry['kind'] = 'evidence') => ({
    atMs,
    kind,
    who: null,
    text: { key: 'k', params: { atMs } },
    note: null,
  });

  it('keeps the first and the newest, everything that was done, and counts what it leaves out', () => {
    let history: Parameters<typeof withEntries>[0] = empty;
    for (let index = 0; index < MOST_LINES + 50; index++)
      history = withEntries(history, [line(index), ...(index % 500 === 300 ? [line(index, 'action')] : [])]);
    const evidence = history.entries.filter(({ kind }) => kind === 'evidence');
    expect(evidence).toHaveLength(MOST_LINES);
    expect(history.linesLeftOut).toBe(50);
    expect(evidence[0]?.atMs).toBe(0);
    expect(evidence.at(-1)?.atMs).toBe(MOST_LINES + 49);
    expect(history.entries.filter(({ kind }) => kind === 'action')).toHaveLength(2);
    expect(new Set(history.entries.map(({ seq }) => seq)).size).toBe(history.entries.length);
  });

  it('is in the order of what happened, however late it was told, and tells nothing twice', () => {
    const history = withEntries(withEntries(empty, [line(5), line(9)]), [line(7), line(5)]);
    expect(history.entries.map(({ atMs }) => atMs)).toEqual([5, 7, 9]);
    expect(withEntries(history, [line(7)])).toBe(history);
  });
});
