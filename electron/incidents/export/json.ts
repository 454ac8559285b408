import type { IncidentRecord } from '../../../shared/incident';
import type { IncidentExport } from '../../../shared/incident-contract';
import type { ExportWords } from './markdown';
import { titleOf } from './said';

/** The record for programs: as it is kept, each line with its sentence beside it. Shaped by `incidentExportSchema`. */
export function incidentJson(record: IncidentRecord, { say, nowMs, times, practice }: ExportWords): string {
  const iso = (ms: number): string => new Date(ms).toISOString();
  const document: IncidentExport = {
    format: 'lockwatch-incident',
    version: 1,
    exportedAt: iso(nowMs),
    zone: times.zone(nowMs),
    practice,
    title: say(titleOf(record.summary)),
    openedAt: iso(record.summary.openedAtMs),
    closedAt: record.summary.closedAtMs === null ? null : iso(record.summary.closedAtMs),
    ...record,
    entries: record.entries.map((entry) => ({
      ...entry,
      at: iso(entry.atMs),
      said: entry.text === null ? (entry.note ?? '') : say(entry.text),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
