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

  it('are there whatever the settings call a language', () => {
    for (const language of ['!!', '../../etc', 'x', '__proto__', 'tlh-Klingon-42'])
      expect(createWords(createTranslator(language))({ key: 'tray.open', params: {} })).toBe(
        'Open Lockwatch',
      );
    expect(createTranslator('!!').locale).toBe('en');
  });

  it('lets no name end the line, order a terminal about or turn the direction of the text', () => {
    const address = 'web\u001b[2J\r\n1\u0085\u2028two\u202e)3.0.911.302\u2066';
    expect(words({ key: 'notification.by.address', params: { address, others: 0 } })).toBe(
      'by failed logons from web [2J 1 two)3.0.911.302',
    );
  });

  it('knows the name of the app', () => {
    expect(words({ key: 'tray.open', params: {} })).toBe('Open Lockwatch');
  });
});
