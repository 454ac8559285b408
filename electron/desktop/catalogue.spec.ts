import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/errors';
import { en } from '../../shared/messages/en';
import { createTranslator } from '../../shared/messages/format';

describe('words for what goes wrong', () => {
  it.each(errorCodes)('%s has a sentence', (code) => {
    expect(en).toHaveProperty([`error.${code}`]);
  });

  it.each(Object.keys(en).filter((key) => /^error\.(app|file|store|log|vault)\./.test(key)))(
    '%s needs no value, because not every maker gives one',
    (key) => {
      const say = createTranslator('en');
      expect(say(key).length).toBeGreaterThan(5);
    },
  );
});
