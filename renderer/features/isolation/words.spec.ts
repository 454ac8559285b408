import { expect, it } from 'vitest';
import { en } from '../../../shared/messages/en';

const sources = Object.values(
  import.meta.glob<string>(['../{isolation,cloud,audit}/*.{ts,tsx}', '!../**/*.spec.*'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

/** Whole keys, and the fixed beginnings of keys that a value completes. */
const WHOLE = /'((?:exposure|isolate|restore|undo|offer|cloud|trail)\.[A-Za-z.]+[A-Za-z])'/g;
const BEGUN = /`((?:exposure|isolate|restore|undo|offer|cloud|trail|audit)\.[A-Za-z.]*)\$\{/g;

it('are all in the catalogue', () => {
  const errors = new Set(['cloud.denied', 'cloud.auth', 'cloud.expired', 'cloud.credentialsMissing']);
  const whole = sources.flatMap((text) => [...text.matchAll(WHOLE)].map((match) => match[1] ?? ''));
  expect(whole.length).toBeGreaterThan(150);
  expect(whole.filter((key) => !(key in en) && !errors.has(key))).toEqual([]);
  const begun = sources.flatMap((text) => [...text.matchAll(BEGUN)].map((match) => match[1] ?? ''));
  expect(begun.filter((start) => !Object.keys(en).some((key) => key.startsWith(start)))).toEqual([]);
});
