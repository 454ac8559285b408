import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRunbookLibrary } from '../electron/runbook/library';

const USAGE = `Search the runbook: npm run runbook -- search TEXT
  Prints a line a hit, the best first: place, title, heading, and the text around what was found.`;

const folder = join(__dirname, '..', 'runbook');

async function main([command, ...words]: readonly string[]): Promise<number> {
  if (command !== 'search' || words.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const library = createRunbookLibrary({
    readText: (path) => readFile(join(folder, path), 'utf8'),
    languages: () => [],
  });
  const hits = await library.search(words.join(' '));
  for (const { anchor, excerpt, heading, pageId, title } of hits) {
    const place = anchor === null ? pageId : `${pageId}#${anchor}`;
    const text = excerpt.map(({ hit, text: piece }) => (hit ? `[${piece}]` : piece)).join('');
    console.log([place, title, heading ?? '', text].join('\t'));
  }
  if (hits.length === 0) console.error('Nothing was found.');
  return hits.length === 0 ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (thrown: unknown) => {
    console.error(thrown instanceof Error ? thrown.message : String(thrown));
    process.exitCode = 2;
  },
);
