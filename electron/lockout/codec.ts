import { err, ok, type Result } from '../../shared/result';
import type { InstanceModel } from './types';

/** Why a stored model cannot be used; the events must then be folded again. */
export type CodecProblem = 'notAModel' | 'otherVersion';

const MAP = '#map';

/** The model as one line of JSON text: instants as `#ticks`, maps as `{"#map": entries}`. */
export const encodeModel = (model: InstanceModel): string => JSON.stringify(model, replacer);

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
  let value: unknown;
  try {
    value = JSON.parse(text, reviver);
  } catch {
    return err('notAModel');
  }
  if (typeof value !== 'object' || value === null || !('version' in value)) return err('notAModel');
  if (value.version !== 1) return err('otherVersion');
  const model = value as Record<string, unknown>;
  const shaped =
    MAPS.every((key) => model[key] instanceof Map) &&
    LISTS.every((key) => Array.isArray(model[key])) &&
    typeof model.clockOffset === 'bigint' &&
    typeof model.lastEventAt === 'bigint';
  return shaped ? ok(value as unknown as InstanceModel) : err('notAModel');
}
