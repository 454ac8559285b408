import { join } from 'node:path';
import { appError } from '../../../shared/errors';
import type { IncidentId } from '../../../shared/incident';
import { err, ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import type { TextFiles } from '../../profiles/text-files';
import { type IncidentDocument, incidentText, readIncident } from './document';

export interface IncidentStoreOptions {
  /** One file an incident. */
  readonly folder: string;
  readonly files: TextFiles;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface OpenedIncidents {
  readonly documents: readonly IncidentDocument[];
  /** What could not be read: kept aside, or left as it is when it is newer. */
  readonly notices: readonly Notice[];
}

/** The files of the incidents: each replaced as a whole or not at all. */
export interface IncidentStore {
  open(): Promise<OpenedIncidents>;
  /** `file.notFound`, `file.corrupt`, `file.newerVersion`, `file.notReadable`. */
  read(id: IncidentId): Promise<Result<IncidentDocument>>;
  /** On the disk when it succeeds; the writes of one incident come one after the other. */
  write(document: IncidentDocument): Promise<Result<null>>;
  remove(id: IncidentId): Promise<Result<null>>;
}

const NAME = /^([0-9a-f-]{36})\.json$/;

export function createIncidentStore({ folder, files, now }: IncidentStoreOptions): IncidentStore {
  const pathOf = (id: IncidentId): string => join(folder, `${id}.json`);
  const tails = new Map<IncidentId, Promise<unknown>>();

  function inTurn<T>(id: IncidentId, work: () => Promise<T>): Promise<T> {
    const run = (tails.get(id) ?? Promise.resolve()).then(work);
    const tail = run.catch(() => undefined);
    tails.set(id, tail);
    void tail.then(() => {
      if (tails.get(id) === tail) tails.delete(id);
    });
    return run;
  }

  const notice = (kind: string, id: string, params: Record<string, string | number>): Notice => ({
    id: `incident.${id}.${kind}`,
    severity: 'error',
    message: { key: `notice.incident.${kind}`, params },
    atMs: now(),
  });

  async function keepAside(id: IncidentId): Promise<Notice> {
    const file = pathOf(id);
    const aside = join(folder, `${id}.corrupt-${now()}`);
    const moved = await files.move(file, aside);
    return moved.ok ? notice('corrupt', id, { file, aside }) : notice('notMovable', id, { file });
  }

  async function read(id: IncidentId): Promise<Result<IncidentDocument>> {
    const file = pathOf(id);
    const text = await files.read(file);
    if (!text.ok) return text;
    if (text.value === null) return err(appError('file.notFound', { file }));
    const document = readIncident(text.value);
    if (document.kind === 'newer')
      return err(appError('file.newerVersion', { file, version: document.version }));
    // A file under another's name would be written over that other one's.
    if (document.kind === 'corrupt' || document.value.core.id !== id)
      return err(appError('file.corrupt', { file }));
    return ok(document.value);
  }

  return {
    async open() {
      const names = await files.list(folder);
      if (!names.ok) return { documents: [], notices: [notice('notReadable', 'folder', { folder })] };
      const documents: IncidentDocument[] = [];
      const notices: Notice[] = [];
      for (const name of names.value) {
        const id = NAME.exec(name)?.[1];
        if (id === undefined) continue;
        const document = await read(id);
        if (document.ok) documents.push(document.value);
        else if (document.error.code === 'file.corrupt') notices.push(await keepAside(id));
        else if (document.error.code === 'file.newerVersion')
          notices.push(notice('newer', id, { file: pathOf(id) }));
        else notices.push(notice('fileNotReadable', id, { file: pathOf(id) }));
      }
      return { documents, notices };
    },
    read: (id) => inTurn(id, () => read(id)),
    write: (document) =>
      inTurn(document.core.id, () => files.writeAtomic(pathOf(document.core.id), incidentText(document))),
    remove: (id) => inTurn(id, () => files.remove(pathOf(id))),
  };
}
