import { expect, it } from 'vitest';
import type { Notice } from '../../shared/snapshot';
import { createNoticeBoard } from './notice-board';

const notice = (id: string): Notice => ({ id, severity: 'info', message: { key: id, params: {} }, atMs: 0 });

it('shows what every part has to say now', () => {
  const shown: string[][] = [];
  const board = createNoticeBoard((all) => shown.push(all.map(({ id }) => id)));
  board.replace('fleet', []);
  board.replace('vault', [notice('memory')]);
  board.replace('fleet', [notice('full'), notice('aside')]);
  board.replace('fleet', [notice('full')]);
  board.replace('vault', []);
  expect(shown).toEqual([['memory'], ['memory', 'full', 'aside'], ['memory', 'full'], ['full']]);
});
