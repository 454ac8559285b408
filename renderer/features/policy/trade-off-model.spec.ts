import { describe, expect, it } from 'vitest';
import type { TradeOffFigures } from '../../../shared/trade-off';
import { asked, comparisons, meaningOf, parseChoice, rowsOf, textOf } from './trade-off-model';

const text = (threshold: string, windowMinutes: string, durationMinutes: string) => ({
  threshold,
  windowMinutes,
  durationMinutes,
});

describe('the typed values', () => {
  it('are taken within their ranges (R1)', () => {
    expect(parseChoice(text('10', ' 30 ', '0'))).toEqual({
      choice: { threshold: 10, windowMinutes: 30, durationMinutes: 0 },
    });
    expect(parseChoice(text('0', '30', '1'))).toHaveProperty('choice');
  });
  it.each([
    [text('1000', '10', '10'), { threshold: 'tradeOff.error.threshold' }],
    [text('-1', '10', '10'), { threshold: 'tradeOff.error.threshold' }],
    [text('5', '0', '10'), { windowMinutes: 'tradeOff.error.windowMinutes' }],
    [text('5', '1e2', ''), expect.objectContaining({ windowMinutes: 'tradeOff.error.windowMinutes' })],
    [text('5', '30', '10'), { durationMinutes: 'tradeOff.error.shorterThanWindow' }],
  ])('%o: %o', (typed, errors) => {
    expect(parseChoice(typed)).toEqual({ errors });
  });
  it('come back as they were', () => {
    for (const choice of comparisons) expect(parseChoice(textOf(choice))).toEqual({ choice });
  });
});

it('asks about each policy once', () => {
  const usual = comparisons[1];
  if (!usual) throw new Error('There is nothing to compare with');
  expect(asked(usual)).toHaveLength(comparisons.length);
  expect(asked({ ...usual, threshold: 7 })).toHaveLength(comparisons.length + 1);
});

it('says what the values mean for a user and for a guesser', () => {
  expect(meaningOf({ threshold: 10, windowMinutes: 10, durationMinutes: 10 })).toEqual([
    { key: 'tradeOff.user.auto', params: { slips: 9, window: 600, duration: 600 } },
    { key: 'tradeOff.guesser.auto', params: { guesses: 1440, year: 525_600 } },
  ]);
  expect(meaningOf({ threshold: 0, windowMinutes: 10, durationMinutes: 10 }).map(({ key }) => key)).toEqual([
    'tradeOff.user.never',
    'tradeOff.guesser.never',
  ]);
});

it('shows what is in force first, and marks the own choice', () => {
  const figures = (threshold: number): TradeOffFigures => ({
    choice: { threshold, windowMinutes: 10, durationMinutes: 10 },
    lockouts: 0,
    lockedAccounts: 0,
    lockoutsByUsers: 0,
    shutOut: 0,
    lockedSeconds: 0,
    guessesJudged: 0,
    guessesRefused: 0,
    guessesPerDay: 0,
    ceilingPerDay: null,
  });
  const answer = {
    fromMs: 0,
    toMs: 1,
    attempts: { guessers: 0, users: 0, unknown: 0 },
    accounts: 0,
    current: figures(10),
    chosen: [figures(3), figures(5)],
    assumptions: [],
  };
  expect(rowsOf(answer, figures(5).choice).map(({ kind }) => kind)).toEqual(['current', 'comparison', 'own']);
});
