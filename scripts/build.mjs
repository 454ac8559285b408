// npm run build: builds out/ if the sources have changed since.
import { ensureBuilt } from './fresh-build.mjs';
import { runScript } from './run-script.mjs';

await runScript(ensureBuilt);
