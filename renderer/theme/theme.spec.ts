// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { themeName } from './theme';

it('follows high contrast, then the setting, then the system', () => {
  expect(themeName('light', true, true)).toBe('highContrast');
  expect(themeName('light', true, false)).toBe('light');
  expect(themeName('dark', false, false)).toBe('dark');
  expect(themeName('system', true, false)).toBe('dark');
  expect(themeName('system', false, false)).toBe('light');
});
