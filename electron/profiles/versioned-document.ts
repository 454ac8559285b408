import type { z } from 'zod';

/** One step of a file's history: from a version to the next. */
export interface Migration {
  readonly from: number;
  readonly migrate: (body: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

export interface DocumentFormat<T> {
  /** The version that is written. */
  readonly version: number;
  readonly schema: z.ZodType<T>;
  /** One entry for each version below the present one, in order. */
  readonly migrations: readonly Migration[];
}

export type ReadDocument<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly migratedFrom: number | null }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'newer'; readonly version: number };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a file's text: checks the version, takes it through the migrations, validates what comes out. */
export function readDocument<T>(text: string, format: DocumentFormat<T>): ReadDocument<T> {
  const document = parseJson(text);
  if (!isRecord(document)) return { kind: 'corrupt' };
  const { version, ...rest } = document;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return { kind: 'corrupt' };
  if (version > format.version) return { kind: 'newer', version };
  let body: Record<string, unknown> = rest;
  for (let step = version; step < format.version; step += 1) {
    const migration = format.migrations.find((entry) => entry.from === step);
    if (!migration) return { kind: 'corrupt' };
    try {
      body = migration.migrate(body);
    } catch {
      // A migration meets files that were valid JSON and nothing more.
      return { kind: 'corrupt' };
    }
  }
  const parsed = format.schema.safeParse(body);
  if (!parsed.success) return { kind: 'corrupt' };
  return { kind: 'ok', value: parsed.data, migratedFrom: version < format.version ? version : null };
}

export function writeDocument<T extends object>(value: T, format: DocumentFormat<T>): string {
  return `${JSON.stringify({ version: format.version, ...value }, null, 2)}\n`;
}
