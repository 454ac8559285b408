import { describe, expect, it } from 'vitest';
import { NOW } from '../testing/fixtures';
import { createFormats } from './format';
import { createLanguage } from './language';

const fmt = createFormats('en-GB');

describe('durations', () => {
  it.each([
    [0, '0 seconds'],
    [2.4, '2.4 seconds'],
    [31, '31 seconds'],
    [60, '1 minute'],
    [70, '1 minute 10 seconds'],
    [3600, '1 hour'],
    [3605, '1 hour'],
    [90_000, '1 day 1 hour'],
  ])('%d seconds are %j', (seconds, words) => expect(fmt.duration(seconds)).toBe(words));

  it('follow the locale', () => {
    expect(createFormats('de-DE').duration(70)).toBe('1 Minute 10 Sekunden');
    expect(createFormats('de-DE').number(1234.5)).toBe('1.234,5');
  });
});

describe('countdowns', () => {
  it.each([
    [-5000, '0:00'],
    [0, '0:00'],
    [1, '0:01'],
    [59_001, '1:00'],
    [245_000, '4:05'],
    [3_753_000, '1:02:33'],
    [86_400_000, '1 day'],
  ])('%d ms are %j', (ms, text) => expect(fmt.countdown(ms)).toBe(text));
});

describe('ages', () => {
  it('round down and never lie in the future', () => {
    expect(fmt.age(NOW, NOW + 9000)).toBe('now');
    expect(fmt.age(NOW + 60_000, NOW)).toBe('now');
    expect(fmt.age(NOW, NOW + 12_000)).toMatch(/^12 sec/);
    expect(fmt.age(NOW, NOW + 3_599_000)).toMatch(/^59 min/);
    expect(fmt.age(NOW, NOW + 172_800_000)).toBe('2 days ago');
  });
});

it('names the zone of a full time', () => {
  expect(fmt.full(NOW)).toContain(fmt.zone(NOW));
  expect(fmt.zone(NOW)).not.toBe('');
});

it('falls back to English when a locale is none', () => {
  expect(createLanguage('not a locale').fmt.locale).toBe('en');
});
