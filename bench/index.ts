import { benchAppIngest } from './app-ingest';
import { benchChecklist } from './checklist';
import { benchDirectory } from './directory';
import { benchFleet } from './fleet';
import { benchIncidents } from './incidents';
import { benchIngest } from './ingest';
import { benchIsolation } from './isolation';
import type { Figure } from './lib/figure';
import { benchRdp } from './rdp';
import { benchRunbook } from './runbook';
import { benchStartup } from './startup';

/** Every group of figures by its name: `npm run bench -- startup ingest` measures only these. */
const groups: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  startup: benchStartup,
  ingest: benchIngest,
  'app-ingest': benchAppIngest,
  fleet: benchFleet,
  isolation: benchIsolation,
  runbook: benchRunbook,
  checklist: benchChecklist,
  incidents: benchIncidents,
  rdp: benchRdp,
  directory: benchDirectory,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in groups));

async function main(): Promise<void> {
  if (unknown.length > 0) {
    console.error(`There is no group ${unknown.join(', ')}. There are: ${Object.keys(groups).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  for (const [name, measure] of Object.entries(groups)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const figure of await measure()) console.log(JSON.stringify(figure));
  }
}

void main();
