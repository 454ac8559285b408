import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments';

describe('the command line', () => {
  it('asks for nothing by itself', () => {
    expect(parseArguments(['electron', '.'])).toEqual({
      lab: false,
      once: false,
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

  it('takes no path for a switch', () => {
    expect(parseArguments(['electron', '/srv/--lab']).lab).toBe(false);
  });
});
