import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAppWritable, resolveRuntime, rootDir } from '../../scripts/runtime.mjs';

let folder = '';
let appFolder = '';

beforeAll(async () => {
  folder = makeAppWritable(mkdtempSync(join(tmpdir(), 'lockwatch-print-')));
  appFolder = makeAppWritable(join(folder, 'app'));
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['node', 'import', 'default'] },
    build: {
      outDir: appFolder,
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      lib: { entry: join(__dirname, 'print', 'app.ts'), formats: ['cjs'], fileName: () => 'main.js' },
      rollupOptions: { external: ['electron', /^node:/] },
    },
  });
  writeFileSync(join(appFolder, 'package.json'), '{"name":"print-test","version":"1.0.0","main":"main.js"}');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Job {
  readonly markdown: string;
  readonly title: string;
}

/** Runs the app's printer on a display of its own; what it answered, and what it wrote to its log. */
function runPrinter(
  jobs: readonly Job[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ answer: unknown; files: readonly string[]; output: string }> {
  const files = jobs.map((_job, at) => join(folder, `out-${at}.pdf`));
  const list = join(folder, 'jobs.json');
  writeFileSync(list, JSON.stringify(jobs.map((job, at) => ({ ...job, output: files[at] }))));
  const args = [
    join(rootDir, 'scripts', 'with-display.mjs'),
    '--as-app-user',
    '--',
    'dbus-run-session',
    '--',
    resolveRuntime().binary,
    appFolder,
    `--user-data-dir=${makeAppWritable(join(folder, 'user-data'))}`,
  ];
  return new Promise((resolve, reject) => {
    const options = { timeout: 60_000, env: { ...process.env, PRINT_JOBS: list, ...env } };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const found = /^RESULT (.*)$/m.exec(stdout);
      if (found?.[1] !== undefined) resolve({ answer: JSON.parse(found[1]), files, output: stdout });
      else reject(new Error(`the printer did not answer: ${stderr.slice(-2000)}`, { cause: error }));
    });
  });
}

const pdfText = (file: string, ...options: readonly string[]): string =>
  execFileSync('pdftotext', [...options, file, '-'], { encoding: 'utf8' });
const pdfInfo = (file: string): string => execFileSync('pdfinfo', [file], { encoding: 'utf8' });

const long = Array.from({ length: 400 }, (_, at) => `| ${at} | row ${at} of the record |`).join('\n');
const RECORD: Job = {
  title: 'Record of web-01 & <friends>',
  markdown: `# Record of web-01\n\nAnnä said 你好, *then* [left](https://example.com/secret-link).\n\n\`\`\`\nnet user Administrator\n\`\`\`\n\n| At | What |\n|---|---|\n${long}\n\nThe end of the record.\n`,
};

describe('a document as PDF', () => {
  it('reads back whole, with its title and numbered pages, in one paper', async () => {
    const { answer, files } = await runPrinter([RECORD]);
    expect(answer).toEqual([{ ok: true, windows: 0 }]);
    const [file = ''] = files;
    const text = pdfText(file, '-layout');
    expect(text).toContain('Record of web-01 & <friends>');
    expect(text).toMatch(/Annä said 你好, then left\./);
    expect(text).toContain('net user Administrator');
    for (const at of [0, 199, 399]) expect(text).toContain(`row ${at} of the record`);
    expect(text).toContain('The end of the record.');
    expect(text).not.toContain('secret-link');
    const pages = Number(/^Pages:\s+(\d+)$/m.exec(pdfInfo(file))?.[1]);
    expect(pages).toBeGreaterThan(5);
    for (let page = 1; page <= pages; page++) {
      const own = pdfText(file, '-f', String(page), '-l', String(page));
      expect(own).toContain(`Page ${page} of ${pages}`);
    }
    expect(pdfInfo(file)).toMatch(/^Page size:.*A4/m);
    expect(pdfInfo(file)).toMatch(/^Title:\s+Record of web-01 & <friends>$/m);
  });

  it('is Letter where printers hold Letter', async () => {
    const { files } = await runPrinter([RECORD], { PRINT_LOCALE: 'en-US' });
    expect(pdfInfo(files[0] ?? '')).toMatch(/^Page size:.*letter/m);
  });

  it('is each its own when several are asked for at once', async () => {
    const jobs = ['alpha', 'beta', 'gamma'].map((word) => ({ title: word, markdown: `only ${word}` }));
    const { answer, files } = await runPrinter(jobs);
    expect(answer).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    expect(files.map((file) => /only (\w+)/.exec(pdfText(file))?.[1])).toEqual(['alpha', 'beta', 'gamma']);
  });

  it('fetches nothing and runs nothing, whatever the text says', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end('x');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const markdown = [
      `![an image](${at}/image.png)`,
      `<img src="${at}/html.png"><script>document.write('written by script')</script>`,
      `<link rel="stylesheet" href="${at}/style.css"><iframe src="file:///etc/passwd"></iframe>`,
      `<style>@import url(${at}/import.css)</style>`,
    ].join('\n\n');
    const { answer, files } = await runPrinter([{ title: 'Hostile', markdown }]);
    server.close();
    expect(answer).toMatchObject([{ ok: true }]);
    expect(seen).toEqual([]);
    const text = pdfText(files[0] ?? '');
    expect(text).toContain("document.write('written by script')");
    expect(text).not.toContain('root:');
  });

  it('says that there is no printer where the system has none', async () => {
    const { answer } = await runPrinter([RECORD], { PRINT_DIALOG: '1' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'print.noPrinter' } });
  });
});
