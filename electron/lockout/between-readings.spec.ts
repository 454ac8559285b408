import { describe, expect, it } from 'vitest';
import { type CountReading, failuresBetween, openedBetween } from './between-readings';

const reading = (count: number | null, at: bigint | null, lockoutTime: bigint | null = 0n): CountReading => ({
  badPasswordCount: count,
  badPasswordTime: at,
  lockoutTime,
});

describe('failures between two readings', () => {
  it.each([
    ['none while the time stands', reading(2, 50n), reading(2, 50n), 0],
    ['none when another reading comes late', reading(2, 50n), reading(1, 40n), 0],
    ['as many as the count grew', reading(1, 50n), reading(4, 90n), 3],
    ['what a count that began anew is now', reading(5, 50n), reading(2, 90n), 2],
    ['one at least: it was cleared after the failure', reading(3, 50n), reading(0, 90n), 1],
    ['the count, where no time was stored before', reading(0, 0n), reading(2, 90n), 2],
    ['none that an unreadable count could tell', reading(1, 50n), reading(null, 90n), 0],
    ['none when it was not readable before', reading(1, null), reading(2, 90n), 0],
  ])('%s', (_what, before, after, failures) => {
    expect(failuresBetween(before, after)).toBe(failures);
  });

  it('the first reading tells what the count is', () => {
    expect(failuresBetween(undefined, reading(3, 90n))).toBe(3);
    expect(failuresBetween(undefined, reading(0, 90n))).toBe(0);
    expect(failuresBetween(undefined, reading(0, 0n))).toBe(0);
  });
});

it('a stored lock that is gone was taken away', () => {
  expect(openedBetween(reading(3, 50n, 50n), reading(0, 50n, 0n))).toBe(true);
  expect(openedBetween(reading(3, 50n, 50n), reading(3, 50n, 50n))).toBe(false);
  expect(openedBetween(reading(3, 50n, 50n), reading(0, 50n, null))).toBe(false);
  expect(openedBetween(reading(0, 50n), reading(0, 50n))).toBe(false);
  expect(openedBetween(undefined, reading(0, 50n))).toBe(false);
});
