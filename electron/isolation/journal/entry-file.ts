import { type JournalEntry, journalEntrySchema, journalVersion } from '../../../shared/isolation';
import { type DocumentFormat, readDocument, writeDocument } from '../../profiles/versioned-document';

type Body = Omit<JournalEntry, 'version'>;

const format: DocumentFormat<Body> = {
  version: journalVersion,
  schema: journalEntrySchema.omit({ version: true }),
  migrations: [],
};

export const entryText = ({ version: _version, ...body }: JournalEntry): string =>
  writeDocument(body, format);

export type ReadEntry =
  | { readonly kind: 'ok'; readonly entry: JournalEntry }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'newer'; readonly version: number };

export function readEntry(text: string): ReadEntry {
  const read = readDocument(text, format);
  return read.kind === 'ok' ? { kind: 'ok', entry: { version: journalVersion, ...read.value } } : read;
}

const ENTRY_NAME = /^(.+)\.json$/;
const stamp = (ms: number): string => new Date(ms).toISOString().replace(/[-:]/g, '').replace('.', '-');

/** The entry's id and, with `.json`, its file: the instance and when it began, in UTC. */
export const entryId = (instanceId: string, atMs: number): string =>
  `${instanceId.replace(/[^\w-]/g, '_').slice(0, 100)}-${stamp(atMs)}`;

export const fileOf = (id: string): string => `${id}.json`;

/** The id of an entry's file; null for what is kept beside it. */
export const idOf = (name: string): string | null => ENTRY_NAME.exec(name)?.[1] ?? null;

/** Entries in these states hold nothing back: the original is back, or was never touched. */
export const isOpen = (entry: Pick<JournalEntry, 'state'>): boolean =>
  entry.state !== 'restored' && entry.state !== 'none';
