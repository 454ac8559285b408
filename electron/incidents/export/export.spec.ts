import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';
import { describe, expect, it } from 'vitest';
import type { IncidentRecord } from '../../../shared/incident';
import { incidentExportSchema } from '../../../shared/incident-contract';
import { createTranslator } from '../../../shared/messages/format';
import { summaryOf } from '../summary';
import { sampleIncident } from '../testing/sample-incident';
import { MINUTE, NOW } from '../testing/sample-view';
import { incidentJson } from './json';
import { type ExportWords, incidentMarkdown } from './markdown';
import { markdownText } from './markdown-text';
import { createTimes } from './times';

const translate = createTranslator('en-GB');
const words: ExportWords = {
  say: ({ key, params }) => translate(key, params),
  times: createTimes('en-GB', 'Europe/Berlin'),
  nowMs: NOW + 5 * MINUTE,
  practice: false,
};

const recordOf = (change: Partial<IncidentRecord> = {}, names?: string): IncidentRecord => {
  const document = sampleIncident();
  const core = names
    ? { ...document.core, accounts: document.core.accounts.map((one) => ({ ...one, name: names })) }
    : document.core;
  return {
    summary: summaryOf({ ...document, core }),
    entries: document.entries,
    linesLeftOut: 0,
    sources: document.evidence?.sources ?? [],
    timeline: document.evidence?.timeline ?? null,
    joinedInto: null,
    ...change,
  };
};

const html = (markdown: string): string =>
  micromark(markdown, { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] });

const hostile = [
  '<script>alert(1)</script>',
  '[click](https://example.org)',
  '![x](https://example.org/x.png)',
  '| a | b |',
  '**bold** _it_ `code` ~~no~~',
  '# heading',
  '- list',
  '1. list',
  '&lt;b&gt;',
  'a\nb\r\n# c\u2028d',
  '\u202Egnp.exe',
  '\u001b[31mred',
  '\\| \\`',
  'https://example.org/x www.example.org x@example.org',
  '+',
  '=== ',
  '*',
  '',
];

describe('text in Markdown', () => {
  it.each(hostile)('reads as it is: %j', (name) => {
    const shown = html(`x ${markdownText(name)}`)
      .replace(/<\/?p>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    const plain = name
      .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
      .replace(/\p{Bidi_Control}/gu, '')
      .trim();
    expect(shown.trim()).toBe(`x ${plain}`.trim());
  });

  it.each(hostile)('starts nothing at the beginning of a line: %j', (name) => {
    expect(html(`${markdownText(name)}\n`)).not.toMatch(/<(?!\/?p>)/);
  });
});

describe('the record as Markdown', () => {
  it('tells who, where, when with its zone, how many, how long, and what was done', () => {
    const text = incidentMarkdown(recordOf(), words);
    expect(text).toContain('# Incident: Attack on web-1');
    expect(text).toContain('Administrator (was locked)');
    expect(text).toContain('**Failures:** 42 since 4 Mar 2026, 11:00:00');
    expect(text).toMatch(/\*\*Opened:\*\* 4 Mar 2026, 11:00:00 (?:CET|GMT\+1)/);
    expect(text).toContain('**Open for:** 5 minutes');
    expect(text).toContain('Administrator was locked.');
    expect(text).toContain('called the owner');
    expect(text).toContain('203.0.113.5');
    expect(text).not.toMatch(/\{\w+\}|undefined|incident\.\w/);
  });

  it.each(hostile)('has the same shape whatever an account is called: %j', (name) => {
    const tags = (markdown: string): string[] => html(markdown).match(/<[a-z0-9]+/g) ?? [];
    const document = recordOf({}, name);
    const record: IncidentRecord = {
      ...document,
      sources: document.sources.map((source) => ({ ...source, accounts: [name], workstation: name })),
      entries: document.entries.map((entry) =>
        entry.note === null
          ? { ...entry, who: name, text: { key: 'incident.line.locked', params: { account: name } } }
          : { ...entry, note: `${name}\n${name}` },
      ),
    };
    expect(tags(incidentMarkdown(record, words))).toEqual(tags(incidentMarkdown(recordOf(), words)));
  });

  it('says that it is practice, where it is', () => {
    const said = 'Practice: the instance is simulated.';
    expect(incidentMarkdown(recordOf(), words)).not.toContain(said);
    expect(incidentMarkdown(recordOf(), { ...words, practice: true })).toContain(said);
    expect(JSON.parse(incidentJson(recordOf(), { ...words, practice: true }))).toMatchObject({
      practice: true,
    });
  });

  it('says how sure the cause is', () => {
    const { summary } = recordOf();
    const verdict = { ...summary.verdict, confidence: 'high', evidenceIncomplete: true } as const;
    expect(incidentMarkdown(recordOf({ summary: { ...summary, verdict } }), words)).toContain(
      '**Cause:** Attack, high confidence, evidence incomplete',
    );
  });

  it('says what is not there', () => {
    const text = incidentMarkdown(
      recordOf({ entries: [], sources: [], timeline: null, linesLeftOut: 3 }),
      words,
    );
    expect(text).toContain('No sources are known.');
    expect(text).toContain('There is no evidence of its failures any more.');
    expect(text).toContain('3 lines of evidence are left out');
  });
});

describe('the record as JSON', () => {
  it('has the shape that is promised, with sentences beside keys', () => {
    const parsed = incidentExportSchema.parse(JSON.parse(incidentJson(recordOf(), words)));
    expect(parsed.title).toBe('Attack on web-1');
    expect(parsed.entries.map(({ said }) => said)).toEqual(['Administrator was locked.', 'called the owner']);
    expect(parsed.entries[0]?.at).toBe(new Date(NOW).toISOString());
    expect(parsed.closedAt).toBeNull();
  });

  it('holds nothing but the record: not the checklist’s memory', () => {
    expect(incidentJson(recordOf(), words)).not.toContain('memory');
  });
});

describe('lengths of time', () => {
  it.each([
    [0, '0 seconds'],
    [61_000, '1 minute 1 second'],
    [3_600_000, '1 hour'],
    [90_061_000, '1 day 1 hour'],
    [-5, '0 seconds'],
  ])('%i ms', (ms, said) => expect(words.times.lasted(ms)).toBe(said));
});
