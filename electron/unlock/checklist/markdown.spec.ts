import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../shared/messages/format';
import { markdownToHtml } from '../../desktop/print/markdown-html';
import { createWords } from '../../desktop/words';
import { checklistMarkdown } from './markdown';
import {
  at,
  drill,
  follow,
  isolated,
  sampleNames,
  situation,
  T0,
  view,
  wellAgain,
} from './testing/situations';

const words = {
  say: createWords(createTranslator('en-GB'), 'UTC'),
  time: (ms: number) => new Date(ms).toISOString(),
};
const print = (checklist: ReturnType<typeof follow>['checklist'], instance = 'web-1') =>
  checklistMarkdown({ checklist, instance, openedAtMs: T0, nowMs: at(100), practice: false }, words);

describe('the checklist on paper', () => {
  it('has every part with a box, how it stands, by whom and since when', () => {
    const text = print(follow(drill.slice(0, 3)).checklist);
    expect(text).toMatch(/^# Unlock checklist: web\\-1\n/);
    expect(text).toContain('## 2\\. Unlock');
    expect(text.match(/☑/g)?.length).toBe(7);
    expect(text.match(/☐/g)?.length).toBe(4);
    expect(text).toContain('Administrator signed in at the console \\(event 4624\\)\\.');
    expect(text).toContain('2026\\-03\\-04T10:01:00\\.000Z');
  });

  it('lets no name become Markdown, HTML or another line', () => {
    const name = '</h1><script>x</script> **bold** [a](b)\n# big | `code` \u202Etxt';
    const account = wellAgain(60, { ...sampleNames('x', 500), name });
    const { checklist } = follow([
      situation(70, { isolation: isolated(), view: view([{ ...account, key: 'administrator' }], 70) }),
    ]);
    const html = markdownToHtml(print(checklist, name));
    expect(html).not.toMatch(/<script|<h1>[^<]*<\/h1><script|<strong>bold|<a |<code>/);
    expect(html.match(/<h1/g)?.length).toBe(1);
    expect(html.match(/<h2/g)?.length).toBe(4);
  });
});
