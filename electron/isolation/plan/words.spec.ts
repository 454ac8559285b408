import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { driftItemSchema, planKindSchema, refusalSchema, strategySchema } from '../../../shared/isolation';
import { isolation } from '../../../shared/messages/en/isolation';
import { createTranslator } from '../../../shared/messages/format';

const rooms = [__dirname, join(__dirname, '../exposure')];
const source = rooms
  .flatMap((room) =>
    readdirSync(room)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(join(room, name), 'utf8')),
  )
  .join('\n');
const words: Readonly<Record<string, string>> = isolation;

/** Keys that the source spells: whole, or as the argument of one of the helpers that put the area before it. */
function spelled(): string[] {
  const whole = [...source.matchAll(/'(isolation\.[\w.]+\w)'/g)].map(([, key]) => key ?? '');
  const helper = (name: string, area: string): string[] =>
    [...source.matchAll(new RegExp(`\\b${name}\\(\\s*'(\\w+)'`, 'g'))].map(
      ([, key]) => `isolation.${area}.${key}`,
    );
  return [
    ...whole,
    ...helper('warning', 'warning'),
    ...helper('refusal', 'refusal'),
    ...helper('impossible', 'impossible'),
    ...helper('refuse', 'trusted'),
    ...helper('add', 'reason'),
  ];
}

describe('the words of plans', () => {
  it('has every key that the source spells', () => {
    const keys = spelled();
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter((key) => !(key in words))).toEqual([]);
  });

  it('has a word for every strategy, kind of plan, refusal and drift', () => {
    const keys = [
      ...strategySchema.options.flatMap((one) =>
        ['chosen', 'notChosen'].map((area) => `isolation.${area}.${one}`),
      ),
      ...planKindSchema.options.map((one) => `isolation.recipe.${one}`),
      ...driftItemSchema.shape.kind.options.map((one) => `isolation.drift.${one}`),
      ...refusalSchema.shape.code.options
        .filter((one) => one !== 'badTrusted')
        .map((one) => `isolation.refusal.${one}`),
    ];
    expect(keys.filter((key) => !(key in words))).toEqual([]);
  });

  it('says every step in words and for the console', () => {
    const areas = (area: string): string[] =>
      Object.keys(words)
        .filter((key) => key.startsWith(`isolation.${area}.`))
        .map((key) => key.slice(`isolation.${area}.`.length))
        .sort();
    expect(areas('console')).toEqual(areas('step'));
    const used = areas('step').filter((key) => !source.includes(`'${key}'`));
    expect(used).toEqual([]);
  });

  it('is written so that it can be formatted', () => {
    const say = createTranslator('en');
    const values = Object.fromEntries(
      [...JSON.stringify(words).matchAll(/\{(\w+)/g)].map(([, name]) => [name ?? '', 2]),
    );
    for (const key of Object.keys(words)) expect(say(key, values)).not.toContain('{');
  });
});
