import { err, ok, type Result } from '../../shared/result';
import { noProofs, prove } from './proofs';
import { EMPTY_DETAILS } from './trail';
import type { AccountProofs, AccountRecord, InstanceModel, TrailRow } from './types';

/** Why a stored model cannot be used; the events must then be folded again. */
export type CodecProblem = 'notAModel' | 'otherVersion';

const MAP = '#map';

/** What most rows say: left out of the text. The order of the keys is that of every row. */
const USUAL: Readonly<Record<keyof TrailRow, unknown>> = {
  kind: undefined,
  time: undefined,
  channel: 'Security',
  recordId: undefined,
  eventId: undefined,
  ...EMPTY_DETAILS,
};
const KEYS = Object.keys(USUAL) as (keyof TrailRow)[];

function slim(row: TrailRow): Partial<TrailRow> {
  const kept: [string, unknown][] = [];
  for (const key of KEYS) if (row[key] !== USUAL[key]) kept.push([key, row[key]]);
  return Object.fromEntries(kept);
}

const full = (row: TrailRow): Partial<TrailRow> =>
  Object.fromEntries(KEYS.map((key) => [key, key in row ? row[key] : USUAL[key]]));

const eachRecord = (
  accounts: ReadonlyMap<string, AccountRecord>,
  change: (row: TrailRow) => Partial<TrailRow>,
): Map<string, unknown> =>
  new Map(
    [...accounts].map(([key, record]) => [
      key,
      { ...record, trail: record.trail.map(change), marks: record.marks.map(change) },
    ]),
  );

/** The model as one line of JSON text: instants as `#ticks`, maps as `{"#map": entries}`. */
export const encodeModel = (model: InstanceModel): string =>
  JSON.stringify({ ...model, accounts: eachRecord(model.accounts, slim) }, replacer);

function replacer(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `#${value}`;
  if (typeof value === 'string') return value.startsWith('#') ? `#${value}` : value;
  if (value instanceof Map) return { [MAP]: [...value] };
  return value;
}

function reviver(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('#')) {
    return value.startsWith('##') ? value.slice(1) : BigInt(value.slice(1));
  }
  if (typeof value !== 'object' || value === null || !(MAP in value)) return value;
  return new Map(value[MAP] as [unknown, unknown][]);
}

const MAPS = ['accounts', 'marks'] as const;
const LISTS = ['recentFailures', 'addressHints', 'pendingAddresses', 'causeHints', 'gaps'] as const;

/** Text made by `encodeModel` back to the model. Text of another version, or that is none, is refused. */
export function decodeModel(text: string): Result<InstanceModel, CodecProblem> {
  try {
    const value: unknown = JSON.parse(text, reviver);
    if (typeof value !== 'object' || value === null || !('version' in value)) return err('notAModel');
    if (value.version !== 1) return err('otherVersion');
    if (!isShaped(value as Record<string, unknown>)) return err('notAModel');
    const stored = value as unknown as InstanceModel;
    const records = eachRecord(stored.accounts, full) as Map<string, AccountRecord>;
    const accounts = new Map([...records].map(([key, record]) => [key, withProofs(record)]));
    return ok({ ...stored, accounts });
  } catch {
    return err('notAModel');
  }
}

/** A model that was stored before proofs were kept has as many as its rows still show. */
function withProofs(record: AccountRecord): AccountRecord {
  const stored: Partial<AccountProofs> | undefined = record.proofs;
  if (stored) return { ...record, proofs: { ...noProofs, ...stored } };
  return { ...record, proofs: [...record.marks, ...record.trail].reduce(prove, noProofs) };
}

const isShaped = (model: Record<string, unknown>): boolean =>
  MAPS.every((key) => model[key] instanceof Map) &&
  LISTS.every((key) => Array.isArray(model[key])) &&
  typeof model.clockOffset === 'bigint' &&
  typeof model.lastEventAt === 'bigint';
