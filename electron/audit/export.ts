import { type open, rename, rm } from 'node:fs/promises';
import type { AuditRow } from '../../shared/audit';
import { csvColumns, csvLine } from './csv';

export type ExportFormat = 'json' | 'csv';

const OWNER_FILE = 0o600;

async function* chunksOf(format: ExportFormat, rows: AsyncIterable<AuditRow>): AsyncGenerator<string> {
  if (format === 'csv') {
    // The mark at the beginning lets spreadsheets read it as UTF-8.
    yield `\ufeff${csvColumns.join(',')}\r\n`;
    for await (const row of rows) yield csvLine(row);
    return;
  }
  let separator = '[\n';
  for await (const row of rows) {
    yield `${separator}${JSON.stringify(row)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** Writes the rows to a file that is there as a whole or not at all. Gives their number. */
export async function exportChunks(
  path: string,
  format: ExportFormat,
  rows: AsyncIterable<AuditRow>,
  openFile: typeof open,
): Promise<number> {
  let count = 0;
  async function* counted(): AsyncGenerator<AuditRow> {
    for await (const row of rows) {
      count += 1;
      yield row;
    }
  }
  const temporary = `${path}.part`;
  try {
    const handle = await openFile(temporary, 'w', OWNER_FILE);
    try {
      let held = '';
      for await (const chunk of chunksOf(format, counted())) {
        held += chunk;
        if (held.length < 64 * 1024) continue;
        await handle.appendFile(held, 'utf8');
        held = '';
      }
      await handle.appendFile(held, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
  return count;
}
