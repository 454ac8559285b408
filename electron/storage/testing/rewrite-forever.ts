/** Replaces a file over and over with a text that shows whether it is whole, until it is killed. */
import { createDiskFiles } from '../atomic-file';
import { must } from './make-records';

async function rewrite(path: string): Promise<void> {
  const files = createDiskFiles();
  for (let round = 1; ; round++) {
    const text = JSON.stringify({ round, body: String(round).repeat(20_000), end: round });
    must(await files.writeAtomic(path, text));
    process.stdout.write(`${round}\n`);
  }
}

const [path] = process.argv.slice(2);
if (path !== undefined) void rewrite(path);
