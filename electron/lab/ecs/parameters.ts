import { EcsError, invalid, missing } from './error';

export type Parameters = Readonly<Record<string, string>>;

/** Parameters that authenticate or shape the answer and say nothing about what is asked. */
const AROUND = new Set([
  'AccessKeyId',
  'Action',
  'Format',
  'Signature',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureVersion',
  'SecurityToken',
  'Timestamp',
  'Version',
]);
const SECRETS = new Set(['Password', 'VncPassword']);

/** What is asked, without what signs it. */
export const askedParameters = (parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !AROUND.has(name)));

/** What may be written down: no password is ever among it. */
export const loggableParameters = (parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !SECRETS.has(name)));

export function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === '') throw missing(name);
  return value;
}

/** `Name.1`, `Name.2`, … in the order of their numbers. */
export function numbered(parameters: Parameters, name: string): string[] {
  return Object.entries(parameters)
    .map(([key, value]) => ({ value, index: indexOf(key, name) }))
    .filter(({ index }) => index > 0)
    .sort((a, b) => a.index - b.index)
    .map(({ value }) => value);
}

/** `Name.1.Field` as one record a number. */
export function numberedRecords(parameters: Parameters, name: string): Record<string, string>[] {
  const records = new Map<number, Record<string, string>>();
  for (const [key, value] of Object.entries(parameters)) {
    const [head, index, ...field] = key.split('.');
    if (head !== name || field.length === 0 || !/^[1-9]\d*$/.test(index ?? '')) continue;
    const number = Number(index);
    records.set(number, { ...records.get(number), [field.join('.')]: value });
  }
  return [...records].sort(([a], [b]) => a - b).map(([, record]) => record);
}

function indexOf(key: string, name: string): number {
  const rest = key.startsWith(`${name}.`) ? key.slice(name.length + 1) : '';
  return /^[1-9]\d*$/.test(rest) ? Number(rest) : 0;
}

/** A list given as JSON text, such as `["i-1","i-2"]`; null when the parameter is absent. */
export function jsonList(parameters: Parameters, name: string): string[] | null {
  const text = parameters[name];
  if (text === undefined || text === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  } catch {
    // Said below: no list either way.
  }
  throw new EcsError(400, `Invalid${name}.Malformed`, `${name} is not a JSON list of texts.`);
}

export function whole(
  parameters: Parameters,
  name: string,
  low: number,
  high: number,
  otherwise: number,
): number {
  const text = parameters[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high) throw invalid(name);
  return value;
}

/** `Tag.N.Key` and `Tag.N.Value`. */
export const tagsOf = (parameters: Parameters): Record<string, string> =>
  Object.fromEntries(numberedRecords(parameters, 'Tag').map(({ Key, Value }) => [Key ?? '', Value ?? '']));
