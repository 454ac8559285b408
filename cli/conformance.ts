import { readFileSync } from 'node:fs';
import { reportOn } from './conformance/report';

/** `conformance FILE.json`: exit 0 when all pass, 1 when one fails, 2 when the file cannot be used. */
function main(args: readonly string[]): number {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) {
    console.error('Name one file of lockout cases: npm run conformance -- FILE.json');
    return 2;
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    console.error(`${file} cannot be read (${code}).`);
    return 2;
  }
  const report = reportOn(text);
  if ('unusable' in report) {
    console.error(`${file} is no file of lockout cases. ${report.unusable}`);
    return 2;
  }
  for (const line of report.lines) console.log(line);
  const skipped = report.skipped > 0 ? `, ${report.skipped} skipped` : '';
  console.log(`${report.passed} passed, ${report.failed} failed${skipped}`);
  return report.failed > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
