import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../shared/messages/format';

const KEY = /key: ['`]((?:notice|watch)\.[a-zA-Z.]+)['`]/g;
const WITH_KIND: readonly [RegExp, string, readonly string[]][] = [
  [
    /notice\.file\.\$\{kind\}/,
    'notice.file',
    ['corrupt', 'corruptRestored', 'newer', 'newerRestored', 'notReadable', 'notMovable', 'notWritable'],
  ],
  [/notice\.store\.\$\{kind\}/, 'notice.store', ['diskFull', 'notWritable']],
  [
    /watch\.doubt\.\$\{name\}Unreadable/,
    'watch.doubt',
    ['factsUnreadable', 'policyUnreadable', 'accountsUnreadable', 'auditingUnreadable'],
  ],
];

const sources = ['profiles', 'secrets', 'watch'].flatMap((folder) => {
  const path = join(__dirname, '..', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(path, name), 'utf8'));
});

describe('what profiles, vault and watcher say', () => {
  it('is in the catalogue', () => {
    const translate = createTranslator('en');
    const keys = sources.flatMap((source) => [
      ...[...source.matchAll(KEY)].map(([, key]) => key ?? ''),
      ...WITH_KIND.filter(([pattern]) => pattern.test(source)).flatMap(([, area, kinds]) =>
        kinds.map((kind) => `${area}.${kind}`),
      ),
    ]);
    expect(keys.length).toBeGreaterThan(14);
    expect(keys.filter((key) => !translate.has(key))).toEqual([]);
  });
});
