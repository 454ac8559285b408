import { describe, expect, it } from 'vitest';
import { withoutMarkup } from './markup';

describe('the text of a toast', () => {
  const hostile = '<a href="http://203.0.113.9/">Administrator</a>';

  it('has no markup where the desktop would obey it', () => {
    expect(withoutMarkup(hostile, 'linux')).toBe('‹a href="http://203.0.113.9/"›Administrator‹/a›');
  });

  it('is as it is elsewhere', () => {
    expect(withoutMarkup(hostile, 'win32')).toBe(hostile);
    expect(withoutMarkup(hostile, 'darwin')).toBe(hostile);
  });
});
