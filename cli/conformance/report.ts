import { caseSchema, outOfScope } from './case';
import { runCase } from './run';

export interface Report {
  readonly lines: readonly string[];
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs every case of a file's text. Throws nothing: text that is no list of cases is returned as a sentence. */
export function reportOn(text: string): Report | { readonly unusable: string } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    return { unusable: `It is not JSON: ${cause instanceof Error ? cause.message : String(cause)}.` };
  }
  if (!Array.isArray(value)) return { unusable: 'It is JSON, but not a list of cases.' };
  if (value.length === 0) return { unusable: 'It holds no cases.' };
  const lines: string[] = [];
  let [passed, failed, skipped] = [0, 0, 0];
  value.forEach((entry: unknown, index) => {
    const id = idOf(entry) ?? `case ${index + 1}`;
    const elsewhere = outOfScope(entry);
    if (elsewhere !== null) {
      skipped++;
      lines.push(`SKIP ${id}: ${elsewhere}`);
      return;
    }
    const read = caseSchema.safeParse(entry);
    if (!read.success) {
      failed++;
      const issue = read.error.issues[0];
      lines.push(
        `FAIL ${id}: not a case of this schema: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
      );
      return;
    }
    const found = runCase(read.data);
    const { superseded } = read.data;
    if (found.length === 0) passed++;
    else if (superseded !== undefined && superseded !== null && superseded !== false) {
      skipped++;
      lines.push(`SKIP ${id}: the file says it is superseded (${String(superseded)}), and it differs`);
    } else {
      failed++;
      lines.push(`FAIL ${id}${read.data.description ? ` ${read.data.description}` : ''}`);
    }
    for (const { what, expected, actual } of found) {
      lines.push(`     ${what}: expected ${expected}, actual ${actual}`);
    }
  });
  return { lines, passed, failed, skipped };
}

const idOf = (entry: unknown): string | undefined =>
  typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string'
    ? entry.id
    : undefined;
