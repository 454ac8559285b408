import { benchIngest } from './ingest';

for (const f of benchIngest()) console.log(JSON.stringify(f));
