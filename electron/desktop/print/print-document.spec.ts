import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { printDocument, printFooter, printPolicy } from './print-document';

const document = printDocument({
  title: 'Record of <web-1> & "co"',
  body: '<p>text</p>',
  language: 'en-GB',
  paper: 'A4',
});

describe('what is printed', () => {
  it('says its title as text, and its language', () => {
    expect(document).toContain('<title>Record of &lt;web-1&gt; &amp; &quot;co&quot;</title>');
    expect(document).toContain('<html lang="en-GB">');
  });

  it('has the paper of the locale', () => {
    expect(document).toContain('size: A4');
    expect(printDocument({ title: '', body: '', language: 'en', paper: 'Letter' })).toContain('size: Letter');
  });

  it('is held to a policy that knows its own style and nothing else', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(document)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(printPolicy('A4')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(printPolicy('Letter')).not.toBe(printPolicy('A4'));
  });

  it('has a foot with the title and the number of the page in the words of the catalogue', () => {
    const foot = printFooter('a <b>', (page, pages) => `Page ${page} of ${pages}`);
    expect(foot).toContain('a &lt;b&gt;');
    expect(foot).toContain('Page <span class="pageNumber"></span> of <span class="totalPages"></span>');
  });
});
