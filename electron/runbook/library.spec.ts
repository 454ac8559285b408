import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runbookPageIds } from '../../shared/runbook';
import { createRunbookLibrary } from './library';

const english = (path: string): Promise<string> => readFile(join(__dirname, '../../runbook', path), 'utf8');
const GERMAN = [
  '---',
  'id: policy',
  'title: Die Sperrrichtlinie',
  'section: understand',
  'summary: Schwelle, Fenster, Dauer.',
  '---',
  '',
  'Kontosperrschwelle.',
  '',
  '## Quellen',
  '',
].join('\n');

const readText = (path: string): Promise<string> => {
  if (path === 'de/policy.md') return Promise.resolve(GERMAN);
  return path.startsWith('en/') ? english(path) : Promise.reject(new Error('ENOENT'));
};

describe('the library', () => {
  it('reads nothing before it is asked, and each page once', async () => {
    const read = vi.fn(english);
    const library = createRunbookLibrary({ readText: read, languages: () => [] });
    expect(read).not.toHaveBeenCalled();
    await library.contents();
    await library.page('policy');
    await library.search('unlock');
    expect(read).toHaveBeenCalledTimes(runbookPageIds.length);
  });

  it('lists the pages in their order', async () => {
    const library = createRunbookLibrary({ readText: english, languages: () => [] });
    expect((await library.contents()).map(({ id }) => id)).toEqual([...runbookPageIds]);
  });

  it('has a translation page by page, and English for the rest, in contents, pages and search', async () => {
    const library = createRunbookLibrary({ readText, languages: () => ['de'] });
    const titles = new Map((await library.contents()).map(({ id, title }) => [id, title]));
    expect(titles.get('policy')).toBe('Die Sperrrichtlinie');
    expect(titles.get('nla')).toBe('Network Level Authentication: leave it on');
    expect((await library.page('policy')).language).toBe('de');
    expect((await library.page('nla')).language).toBe('en');
    expect((await library.search('Kontosperrschwelle'))[0]?.pageId).toBe('policy');
    expect((await library.search('4740'))[0]?.pageId).toBe('events');
  });

  it('follows a change of language', async () => {
    let language = 'en';
    const library = createRunbookLibrary({ readText, languages: () => [language] });
    expect((await library.page('policy')).language).toBe('en');
    language = 'de';
    expect((await library.page('policy')).language).toBe('de');
  });

  it('tries again after its files could not be read', async () => {
    let broken = true;
    const library = createRunbookLibrary({
      readText: (path) => (broken ? Promise.reject(new Error('EIO')) : english(path)),
      languages: () => [],
    });
    await expect(library.search('unlock')).rejects.toThrow('EIO');
    broken = false;
    expect((await library.search('unlock')).length).toBeGreaterThan(0);
  });
});
