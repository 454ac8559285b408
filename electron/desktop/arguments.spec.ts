import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments';

describe('the command line', () => {
  it('asks for nothing by itself', () => {
    expect(parseArguments(['electron', '.'])).toEqual({
      lab: false,
      once: false,
      pace: null,
      hidden: false,
      userDataGiven: false,
    });
  });

  it('knows the practice lab, a single drill, a hidden start and a chosen data folder', () => {
    expect(parseArguments(['electron', '.', '--lab']).lab).toBe(true);
    expect(parseArguments(['electron', '.', '--once'])).toMatchObject({ lab: true, once: true });
    expect(parseArguments(['electron', '.', '--hidden']).hidden).toBe(true);
    expect(parseArguments(['electron', '--user-data-dir=/x', '.']).userDataGiven).toBe(true);
  });

  it.each([
    ['4', 4],
    ['1', 1],
    ['20', 20],
    ['0.5', null],
    ['21', null],
    ['', null],
    ['fast', null],
    ['-4', null],
    ['Infinity', null],
  ])('takes a pace of %j as %j', (given, pace) => {
    expect(parseArguments(['electron', '.', '--lab', `--pace=${given}`]).pace).toBe(pace);
  });

  it('takes no path for a switch', () => {
    expect(parseArguments(['electron', '/srv/--lab']).lab).toBe(false);
  });
});
