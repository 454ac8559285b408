import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../shared/messages/format';
import { createWords } from './words';

const words = createWords(createTranslator('en-GB'), 'Europe/Berlin');

describe('words of the desktop', () => {
  it('has times by locale, with their zone', () => {
    const atMs = Date.UTC(2026, 0, 5, 13, 32);
    expect(words({ key: 'notification.untilTime', params: { atMs } })).toBe(
      'unlocks by itself at 14:32 (CET)',
    );
    expect(words({ key: 'notification.untilDate', params: { atMs } })).toBe(
      'unlocks by itself on 5 Jan at 14:32 (CET)',
    );
  });

  it('counts by the rules of the language', () => {
    const by = (others: number) =>
      words({ key: 'notification.by.address', params: { address: '203.0.113.7', others } });
    expect(by(0)).toBe('by failed logons from 203.0.113.7');
    expect(by(1)).toBe('by failed logons from 203.0.113.7 and 1 other address');
    expect(by(12)).toBe('by failed logons from 203.0.113.7 and 12 other addresses');
  });

  it('knows the name of the app', () => {
    expect(words({ key: 'tray.open', params: {} })).toBe('Open Lockwatch');
  });
});
