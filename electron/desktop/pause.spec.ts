import { describe, expect, it } from 'vitest';
import { pauseEnd } from './pause';

describe('pausing notifications', () => {
  it('lasts an hour', () => {
    expect(pauseEnd('oneHour', 1000)).toBe(3_601_000);
  });

  it.each([
    [new Date(2026, 0, 31, 23, 59), new Date(2026, 1, 1, 8)],
    [new Date(2026, 2, 28, 0, 1), new Date(2026, 2, 29, 8)],
    [new Date(2026, 11, 31, 12), new Date(2027, 0, 1, 8)],
  ])('until tomorrow from %s ends at eight of the next day, local time', (now, end) => {
    expect(pauseEnd('tomorrow', now.getTime())).toBe(end.getTime());
  });

  it('ends', () => {
    expect(pauseEnd('resume', 1000)).toBeNull();
  });
});
