import type { Phrase } from '../../shared/account-status';
import type { AuditRecord } from '../../shared/audit';
import { appError } from '../../shared/errors';
import type { IncidentRecord, IncidentSummary } from '../../shared/incident';
import type { IncidentFormat } from '../../shared/incident-contract';
import { err, ok, type Result } from '../../shared/result';
import type { AuditTrail } from '../audit/trail';
import { incidentJson } from '../incidents/export/json';
import { incidentMarkdown } from '../incidents/export/markdown';
import { titleOf } from '../incidents/export/said';
import type { Times } from '../incidents/export/times';
import type { IncidentService } from '../incidents/types';
import type { Handlers } from './dispatch';

export interface IncidentHandlerServices {
  readonly incidents: IncidentService;
  readonly trail: Pick<AuditTrail, 'appendLater'>;
  readonly admin: () => string;
  /** Asks the admin for a place; null when none was chosen. */
  readonly choosePlace: (suggestion: string) => Promise<string | null>;
  readonly writeFile: (path: string, content: string | Uint8Array) => Promise<Result<null>>;
  readonly say: (phrase: Phrase) => string;
  readonly times: () => Times;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether the instances are simulated. */
  readonly practice: () => boolean;
  /** Markdown as a PDF with this title. */
  readonly printToPdf: (markdown: string, title: string) => Promise<Result<Uint8Array>>;
}

const ENDING: Readonly<Record<IncidentFormat, string>> = { markdown: 'md', pdf: 'pdf', json: 'json' };

/** What the window asks of the incidents; closing and exporting are put on record. */
export function createIncidentHandlers(services: IncidentHandlerServices): Handlers['incidents'] {
  const { incidents, choosePlace, say } = services;

  async function content(
    record: IncidentRecord,
    format: IncidentFormat,
  ): Promise<Result<string | Uint8Array>> {
    const words = { say, times: services.times(), nowMs: services.now(), practice: services.practice() };
    if (format === 'json') return ok(incidentJson(record, words));
    const markdown = incidentMarkdown(record, words);
    if (format === 'markdown') return ok(markdown);
    return services.printToPdf(markdown, say(titleOf(record.summary)));
  }

  return {
    async list(query) {
      const { incidents: found, more } = incidents.list(query);
      return ok({ incidents: [...found], more });
    },
    record: ({ id }) => incidents.record(id),
    addNote: ({ id, note }) => incidents.addNote(id, note),
    close: ({ id }) => incidents.close(id, 'hand'),
    reopen: ({ id }) => incidents.reopen(id),
    async export({ id, format }) {
      const summary = incidents.get(id);
      if (!summary) return err(appError('app.notFound'));
      const path = await choosePlace(`${fileName(summary)}.${ENDING[format]}`);
      if (path === null) return ok(null);
      const record = await incidents.record(id);
      if (!record.ok) return record;
      const made = await content(record.value, format);
      if (!made.ok) return made;
      const written = await services.writeFile(path, made.value);
      if (!written.ok) return written;
      await services.trail.appendLater({
        ...incidentAudit(summary, services.admin()),
        action: 'incidentExported',
        after: format,
      });
      return ok({ path });
    },
  };
}

/** A row of the audit trail about an incident. */
export const incidentAudit = (
  { id, instanceName }: IncidentSummary,
  admin: string,
): Omit<AuditRecord, 'action'> => ({
  outcome: 'noted',
  admin,
  instance: { region: '', instanceId: '', name: instanceName },
  reason: '',
  incident: id,
  before: '',
  after: '',
  requestIds: [],
  error: null,
  entryId: null,
});

function fileName({ instanceName, openedAtMs }: IncidentSummary): string {
  const name = instanceName.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 60);
  return `incident-${name}-${new Date(openedAtMs).toISOString().slice(0, 16).replace(/[:T]/g, '-')}`;
}
