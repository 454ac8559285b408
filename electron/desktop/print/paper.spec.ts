import { describe, expect, it } from 'vitest';
import { paperOf } from './paper';

describe('the paper of a locale', () => {
  it.each([
    ['en-US', 'Letter'],
    ['es-MX', 'Letter'],
    ['fr-CA', 'Letter'],
    ['en', 'Letter'],
    ['en-GB', 'A4'],
    ['de-DE', 'A4'],
    ['de', 'A4'],
    ['zh-CN', 'A4'],
    ['', 'A4'],
    ['not a locale', 'A4'],
  ] as const)('%s prints on %s', (locale, paper) => {
    expect(paperOf(locale)).toBe(paper);
  });
});
