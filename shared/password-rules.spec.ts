import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { en } from './messages/en';
import { createTranslator } from './messages/format';
import {
  checkPassword,
  GENERATED_LENGTH,
  generatePassword,
  isAllowedPassword,
  PASSWORD_SPECIALS,
  randomBelow,
} from './password-rules';

const keysOf = (password: string, account = 'Administrator') => {
  const { errors, warnings } = checkPassword(password, account);
  return [...errors, ...warnings].map(({ key }) => key.replace('unlock.password.', ''));
};
const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const kinds = [lower, lower.toUpperCase(), digits, PASSWORD_SPECIALS];
const textOf = (characters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });

describe('the rules of a password', () => {
  it.each([
    ['Abcdef12', []],
    ['abcdef1!', []],
    ['ABCDEF1!', []],
    ['Abcdefg!', []],
    [`Aa1${'x'.repeat(27)}`, []],
    ['Abcde12', ['tooShort']],
    [`Aa1${'x'.repeat(28)}`, ['tooLong']],
    ['abcdefg1', ['classes']],
    ['abcdefgh', ['classes']],
    ['/Abcdef12', ['slash']],
    ['Abc/def12', []],
    ['Abcdef 12', ['foreign']],
    ['Äbcdef12x', ['foreign', 'classes']],
    ['Abcdef12"', ['foreign']],
    ['Abcdef12\\', ['foreign']],
    ['\u7ba1Abcdef12', ['foreign']],
    ['xxAdministrator1', ['holdsName']],
    ['ADMINISTRATOR1a', ['holdsName']],
    ['', ['tooShort', 'classes']],
  ])('%s', (password, expected) => {
    expect(keysOf(password)).toEqual(expected);
  });

  it('warns of parts of a name from three characters on, as Windows does', () => {
    expect(keysOf('Xmuller99', 'Anna M. Muller')).toEqual(['holdsName']);
    expect(keysOf('Xannabel99', 'Anna M. Muller')).toEqual(['holdsName']);
    expect(keysOf('Mmmmmm99x', 'Al M. Bo')).toEqual([]);
    expect(keysOf('Abcdef12', '')).toEqual([]);
  });

  it('takes exactly 8 to 30 allowed characters of three kinds', () => {
    fc.assert(
      fc.property(
        fc.subarray([0, 1, 2, 3], { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.infiniteStream(fc.nat()),
        (chosen, length, numbers) => {
          const alphabet = chosen.map((index) => kinds[index] ?? '');
          const text = Array.from({ length }, (_, at) => {
            const from = alphabet[at % alphabet.length] ?? '';
            return from.charAt((numbers.next().value ?? 0) % from.length);
          }).join('');
          const present = kinds.filter((kind) => [...text].some((char) => kind.includes(char))).length;
          const expected = length >= 8 && length <= 30 && present >= 3 && !text.startsWith('/');
          expect(isAllowedPassword(text)).toBe(expected);
        },
      ),
    );
  });

  it('says nothing of the password itself', () => {
    const t = createTranslator('en-US');
    fc.assert(
      fc.property(textOf(`${lower}\u00e4 "`, 12, 40), (password) => {
        const { errors, warnings } = checkPassword(password, 'Administrator');
        for (const { key, params } of [...errors, ...warnings])
          expect(t(key, params)).not.toContain(password);
      }),
    );
  });

  it('has words for every rule', () => {
    for (const key of ['tooShort', 'tooLong', 'foreign', 'classes', 'slash', 'holdsName'])
      expect(en).toHaveProperty([`unlock.password.${key}`]);
  });
});

describe('a generated password', () => {
  const bytes = fc.infiniteStream(fc.integer({ min: 0, max: 255 }));

  it('always satisfies the rules, with every kind in it and nothing ambiguous', () => {
    fc.assert(
      fc.property(bytes, (stream) => {
        const password = generatePassword(
          randomBelow(() => stream.next().value ?? 0),
          'Administrator',
        );
        expect(password).toHaveLength(GENERATED_LENGTH);
        expect(checkPassword(password, 'Administrator')).toEqual({ errors: [], warnings: [] });
        for (const kind of kinds) expect([...password].some((char) => kind.includes(char))).toBe(true);
        expect(password).not.toMatch(/[01lIOo|`'"/]/);
      }),
    );
  });

  it('is made anew when it would hold the account’s name', () => {
    let turn = 0;
    const random = (below: number): number => {
      turn += 1;
      return (turn * 7919) % below;
    };
    const first = generatePassword(random, '');
    turn = 0;
    const part = first.slice(3, 6);
    const second = generatePassword(random, part);
    expect(second.toLowerCase()).not.toContain(part.toLowerCase());
  });

  it('draws every number as often as any other', () => {
    for (const below of [1, 2, 3, 7, 10, 24, 25, 63, 255, 256]) {
      let next = 0;
      const random = randomBelow(() => next++ % 256);
      const usable = 256 - (256 % below);
      const counts = new Map<number, number>();
      for (let turn = 0; turn < usable; turn += 1) {
        const value = random(below);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      expect([...counts.keys()].every((value) => value >= 0 && value < below)).toBe(true);
      expect(new Set(counts.values())).toEqual(new Set([usable / below]));
      expect(counts.size).toBe(below);
    }
  });
});
