/** Writes failed logons to standard output: `npx tsx bench/windows-events/print.ts COUNT [SEED] > events.xml`. */
import { once } from 'node:events';
import { failedLogons } from './generate';

async function main(): Promise<void> {
  const [count = '1000', seed = 'bench'] = process.argv.slice(2);
  const options = { count: Number(count), startMs: Date.UTC(2026, 0, 1), gapMs: 700, seed };
  for (const chunk of failedLogons(options)) {
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
  }
}

void main();
