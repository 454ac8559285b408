import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { checkStepIdSchema } from '../../shared/check';
import { en } from '../../shared/messages/en';

const words: Readonly<Record<string, string>> = en;
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.spec.*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Literals that look like catalogue keys: `area.name`, in quotes, in the window's own areas. */
const KEY =
  /'((?:app|common|nav|status|next|verdict|count|banner|footer|pause|load|crash|fleet|instance|situation|accounts|failures|timeline|sources|evidence|diagnosis|policy|profile|hostKey|settings|savedLog|firstRun)\.[A-Za-z.]+[A-Za-z])'/g;

describe('the words of the window', () => {
  const used = Object.entries(sources).flatMap(([path, text]) =>
    [...text.matchAll(KEY)].map((match) => ({ key: match[1] ?? '', path })),
  );
  const channels = new Set(['state.changed', 'app.cancelled', 'app.internal']);

  it('are all in the catalogue', () => {
    expect(used.length).toBeGreaterThan(200);
    const missing = used.filter(({ key }) => !(key in words) && !channels.has(key));
    expect(missing).toEqual([]);
  });

  it('name every step of a check', () => {
    for (const step of checkStepIdSchema.options) expect(words).toHaveProperty([`check.step.${step}`]);
  });

  it('are all well formed', () => {
    for (const [key, text] of Object.entries(words)) {
      expect(() => new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }), key).not.toThrow();
    }
  });
});
