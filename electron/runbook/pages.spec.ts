import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checklistPages,
  codePlace,
  errorPlaces,
  eventPlace,
  parseRunbookLink,
  type RunbookPageId,
  runbookPageIds,
} from '../../shared/runbook';
import { codesWithMeaning } from '../lockout/windows-codes';
import { HINT_CHANNELS, securityEvents } from '../watch/watched-events';
import { cellsOf, partsOf } from './page-parts';
import { parsePage } from './page-text';

const folder = join(__dirname, '../../runbook');
const read = (language: string, id: string) =>
  parsePage(readFileSync(join(folder, language, `${id}.md`), 'utf8'));
const languages = readdirSync(folder).filter((name) => /^[a-z]{2,3}$/.test(name));
const pages = new Map(runbookPageIds.map((id) => [id, read('en', id)]));
const anchorsOf = (id: RunbookPageId): (string | null)[] => {
  const page = pages.get(id);
  return page ? partsOf(page).map(({ anchor }) => anchor) : [];
};

/** Links of a page outside its code. */
const linksOf = (markdown: string): string[] =>
  [...markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/\[[^\]]*\]\(([^)]*)\)/g)].map(
    ([, href]) => href ?? '',
  );

describe('every page of the runbook', () => {
  it('is there in English, and no other file is', () => {
    for (const language of languages) {
      const files = readdirSync(join(folder, language)).map((name) => name.replace(/\.md$/, ''));
      const strangers = files.filter((name) => !(runbookPageIds as readonly string[]).includes(name));
      expect({ language, strangers }).toEqual({ language, strangers: [] });
    }
    expect(languages).toContain('en');
  });

  it.each(runbookPageIds)('%s has the id of its file, a body and named sources', (id) => {
    const page = pages.get(id);
    expect(page?.head.id).toBe(id);
    const [body = '', sources = ''] = (page?.markdown ?? '').split('\n## Sources\n');
    expect(body.length).toBeGreaterThan(500);
    const lines = sources.split('\n').filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/^- .+: https:\/\/\S+$/);
  });

  it.each(runbookPageIds)('%s has places of its own, each once', (id) => {
    const anchors = anchorsOf(id).filter((anchor) => anchor !== null);
    expect(anchors.filter((anchor, at) => anchors.indexOf(anchor) !== at)).toEqual([]);
    expect(anchors).not.toContain('');
  });

  it.each(runbookPageIds)('%s leads only to what is there', (id) => {
    const dead = linksOf(pages.get(id)?.markdown ?? '').filter((href) => {
      const link = parseRunbookLink(href);
      if (link === null) return true;
      if (link.kind === 'app') return false;
      const anchor = link.anchor;
      return anchor !== null && !anchorsOf(link.kind === 'here' ? id : link.pageId).includes(anchor);
    });
    expect(dead).toEqual([]);
  });

  it.each(runbookPageIds.filter((id) => id !== 'start-here'))('%s is led to by another', (id) => {
    const from = runbookPageIds.filter((other) => {
      if (other === id) return false;
      return linksOf(pages.get(other)?.markdown ?? '').some((href) => {
        const link = parseRunbookLink(href);
        return link?.kind === 'page' && link.pageId === id;
      });
    });
    expect(from).not.toEqual([]);
  });

  it.each(runbookPageIds)('%s shows no HTML, no image and no link outside', (id) => {
    const prose = (pages.get(id)?.markdown ?? '').replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`]*`/g, '');
    expect(prose).not.toMatch(/<[a-z/!]|!\[/i);
  });
});

describe('a translation', () => {
  it.each(languages.filter((language) => language !== 'en'))(
    '%s keeps ids, sections and places',
    (language) => {
      for (const name of readdirSync(join(folder, language))) {
        const id = name.replace(/\.md$/, '') as RunbookPageId;
        const page = read(language, id);
        expect(page.head.id).toBe(id);
        expect(page.head.section).toBe(pages.get(id)?.head.section);
      }
    },
  );

  it('is held to that as soon as there is one', () => {
    expect(languages.length).toBeGreaterThan(0);
  });
});

describe('the tables of the runbook against what the app knows', () => {
  const rowOf = (id: RunbookPageId, anchor: string): string[] | undefined =>
    pages
      .get(id)
      ?.markdown.split('\n')
      .map(cellsOf)
      .find((cells) => cells?.[0]?.toLowerCase() === anchor) ?? undefined;

  it.each([...securityEvents('domainController'), ...HINT_CHANNELS.flatMap(({ eventIds }) => eventIds)])(
    'event %i has its row',
    (eventId) => {
      const { anchor = '', pageId } = eventPlace(eventId);
      expect(anchorsOf(pageId)).toContain(anchor);
    },
  );

  it.each(codesWithMeaning())(
    'code $code has its row, and it counts there as it does in the model',
    (known) => {
      const { anchor = '' } = codePlace(known.code);
      const row = rowOf('status-codes', anchor);
      expect(row).toBeDefined();
      expect(row?.at(-1)?.split(/[ ,]/)[0]).toBe(known.counts);
    },
  );

  it('every row of a code is known to the model', () => {
    const known = new Set(codesWithMeaning().map(({ code }) => codePlace(code).anchor));
    const rows = anchorsOf('status-codes').filter((anchor) => anchor?.startsWith('0x'));
    expect(rows.filter((anchor) => !known.has(anchor ?? ''))).toEqual([]);
  });

  it.each(Object.entries(errorPlaces))('the failure %s has its place', (_code, place) => {
    expect(anchorsOf(place.pageId)).toContain(place.anchor ?? null);
  });

  it.each(['what-stays-open'])('the place %s of isolation, which the window leads to, is there', (anchor) => {
    expect(anchorsOf('isolation')).toContain(anchor);
  });

  it('every part of the checklist has its page', () => {
    for (const id of Object.values(checklistPages)) expect(pages.has(id)).toBe(true);
  });
});
