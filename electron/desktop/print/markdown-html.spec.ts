import { describe, expect, it } from 'vitest';
import { escapeHtml, markdownToHtml } from './markdown-html';

describe('Markdown for the printer', () => {
  it('marks words that no column has room for, and nothing else', () => {
    const long = 'x'.repeat(32);
    expect(markdownToHtml(`a ${long} ${'y'.repeat(31)} [b](https://example.org/${long})`)).toBe(
      `<p>a <span class="long">${long}</span> ${'y'.repeat(31)} b</p>`,
    );
    expect(markdownToHtml(`| ${long} |\n| --- |`)).toContain(`<th><span class="long">${long}</span></th>`);
  });

  it('shows headings, lists, code and tables', () => {
    const html = markdownToHtml('# One\n\n- two\n\n`three`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n');
    expect(html).toContain('<h1>One</h1>');
    expect(html).toContain('<li>two</li>');
    expect(html).toContain('<code>three</code>');
    expect(html).toContain('<td>2</td>');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'text <iframe src="file:///etc/passwd"></iframe>',
    '<svg onload=alert(1)>\n</svg>',
    '| <b>a</b> |\n|---|\n| <img src="x"> |',
  ])('lets no HTML of the text pass: %s', (text) => {
    const html = markdownToHtml(text);
    expect(html).not.toMatch(/<(?:script|img|iframe|svg|b)\b/i);
    expect(html).toContain('&lt;');
  });

  it.each([
    ['[words](https://example.com "title")', '<p>words</p>'],
    ['[words](javascript:alert(1))', '<p>words</p>'],
    ['[**bold** words](app:fleet)', '<p><strong>bold</strong> words</p>'],
    ['<https://e.com/a?b=1&c=2>', '<p>https://e.com/a?b=1&amp;c=2</p>'],
    ['![what it shows](https://example.com/x.png)', '<p>what it shows</p>'],
    ['![](file:///etc/passwd)', '<p></p>'],
    ['[x]: https://example.com\n\n[x]', '<p>x</p>'],
    ['`<a href="x">`', '<p><code>&lt;a href=&quot;x&quot;&gt;</code></p>'],
  ])('keeps the words of a link and drops where it leads: %s', (text, html) => {
    expect(markdownToHtml(text).trim()).toBe(html);
  });

  it('escapes what stands in an attribute', () => {
    expect(escapeHtml(`<a b="c">&'`)).toBe("&lt;a b=&quot;c&quot;&gt;&amp;'");
  });
});
