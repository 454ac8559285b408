import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/errors';
import { createTranslator } from '../../shared/messages/format';

const read = (folder: string): string =>
  readdirSync(join(__dirname, '..', folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .filter((name) => folder !== 'watch' || name.startsWith('directory'))
    .map((name) => readFileSync(join(__dirname, '..', folder, name), 'utf8'))
    .join('\n');
const source = read('directory') + read('watch');

/** Where a helper puts the head of the key before what it is given. */
const HEADS: readonly [RegExp, string][] = [
  [/reason\('(\w+)'/g, 'directory.reason.'],
  [/phrase\(\s*'(\w+)'/g, ''],
  [/\bkey: '(\w+)'/g, 'directory.check.'],
  [/: '(\w+Passed)'/g, 'directory.check.'],
];

describe('what the directory says', () => {
  const translate = createTranslator('en');

  it('is in the catalogue', () => {
    const whole = [...source.matchAll(/'(directory\.(?:reason|table|unlock|fact|doubt|check)\.\w+)'/g)].map(
      ([, key]) => key ?? '',
    );
    const made = HEADS.flatMap(([pattern, head]) =>
      head === '' ? [] : [...source.matchAll(pattern)].map(([, name]) => `${head}${name}`),
    );
    const differences = [
      ...readFileSync(join(__dirname, 'controller-rows.ts'), 'utf8').matchAll(
        /phrase\((?:[^')]*\? )?'(\w+)'(?: : '(\w+)')?/g,
      ),
    ].flatMap(([, one, two]) =>
      [one, two].filter((name) => name !== undefined).map((name) => `directory.difference.${name}`),
    );
    const unlock = [
      ...readFileSync(join(__dirname, 'unlock-words.ts'), 'utf8').matchAll(/phrase\('(\w+)'/g),
    ].map(([, name]) => `directory.unlock.${name}`);
    const keys = [...whole, ...made, ...differences, ...unlock];
    expect(keys.length).toBeGreaterThan(50);
    expect(keys.filter((key) => !translate.has(key))).toEqual([]);
  });

  it('has a sentence for every failure', () => {
    const codes = errorCodes.filter((code) => code.startsWith('directory.'));
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter((code) => !translate.has(`error.${code}`))).toEqual([]);
  });
});
