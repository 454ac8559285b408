import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkImports } from './check-imports/check.mjs';

const root = process.argv[2] ?? resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { files, violations } = checkImports(root);
for (const violation of violations) console.error(violation);
if (violations.length > 0) {
  console.error(`\n${violations.length} broken import rules in ${files} files`);
  process.exit(1);
}
console.log(`import rules hold in ${files} files`);
