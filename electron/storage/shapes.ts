import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** Past this many, no more shapes are learned: a server that makes up field names must not fill the table. */
const MOST_SHAPES = 4096;
const SEPARATOR = '\u0000';

export interface Shape {
  readonly provider: string;
  readonly names: readonly string[];
}

/**
 * Events of one kind repeat their provider and field names: both are stored once, and a row holds the values only
 * (half the size). Row shape 0 means that the row holds provider, names and values itself.
 */
export class Shapes {
  readonly #ids = new Map<string, number>();
  readonly #byId = new Map<number, Shape>();

  constructor(readonly database: DatabaseSyncInstance) {
    this.reload();
  }

  /** Shape id and the text of the row's fields. */
  encode(provider: string, data: Readonly<Record<string, string>>): { shape: number; fields: string } {
    const names = Object.keys(data);
    const key = keyOf(provider, names);
    const shape = this.#ids.get(key) ?? this.#learn({ provider, names });
    const values = Object.values(data);
    return { shape, fields: JSON.stringify(shape === 0 ? [provider, names, values] : values) };
  }

  decode(shape: number, fields: string): { provider: string; fields: Record<string, string> } {
    const parsed = JSON.parse(fields);
    if (shape === 0) return { provider: parsed[0], fields: combine(parsed[1], parsed[2]) };
    const known = this.#byId.get(shape);
    return { provider: known?.provider ?? '', fields: combine(known?.names ?? [], parsed) };
  }

  /** Also after a rollback: shapes of that transaction are not in the table. */
  reload(): void {
    this.#ids.clear();
    this.#byId.clear();
    const rows: { id: number; provider: string; names: string }[] = this.database
      .prepare('SELECT * FROM shape')
      .all();
    for (const row of rows) this.#remember(row.id, { provider: row.provider, names: JSON.parse(row.names) });
  }

  #learn(shape: Shape): number {
    if (this.#byId.size >= MOST_SHAPES) return 0;
    const result = this.database
      .prepare('INSERT INTO shape (provider, names) VALUES (?, ?)')
      .run(shape.provider, JSON.stringify(shape.names));
    const id = Number(result.lastInsertRowid);
    this.#remember(id, shape);
    return id;
  }

  #remember(id: number, shape: Shape): void {
    this.#ids.set(keyOf(shape.provider, shape.names), id);
    this.#byId.set(id, shape);
  }
}

const keyOf = (provider: string, names: readonly string[]): string =>
  `${provider}${SEPARATOR}${names.join(SEPARATOR)}`;

const combine = (names: readonly string[], values: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
