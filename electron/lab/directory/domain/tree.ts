import { normalName } from './names';

export type Value = string | Buffer;

/** One object of the directory: what it holds, and what is worked out when it is asked for by name. */
export interface Entry {
  readonly dn: string;
  readonly normal: string;
  /** Which of the naming contexts it is in, by its normal name. */
  readonly context: string;
  attribute(name: string): readonly Value[];
  /** Names of everything that is stored, for a search that asks for all. */
  readonly stored: readonly string[];
}

export type Attributes = Readonly<Record<string, Value | readonly Value[] | undefined>>;

const listed = (value: Value | readonly Value[] | undefined): readonly Value[] =>
  value === undefined ? [] : typeof value === 'string' || Buffer.isBuffer(value) ? [value] : value;

/** An object; `computed` is asked at every reading, and comes before what is stored. */
export function entry(
  dn: string,
  context: string,
  stored: () => Attributes,
  computed: Readonly<Record<string, () => Value | readonly Value[] | undefined>> = {},
): Entry {
  const normal = normalName(dn);
  if (normal === undefined) throw new Error(`No distinguished name: ${dn}`);
  const computers = new Map(Object.entries(computed).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    dn,
    normal,
    context,
    attribute(name) {
      const wanted = name.toLowerCase();
      const computer = computers.get(wanted);
      if (computer) return listed(computer());
      if (wanted === 'distinguishedname') return [dn];
      const found = Object.entries(stored()).find(([one]) => one.toLowerCase() === wanted);
      return listed(found?.[1]);
    },
    get stored() {
      const names = Object.entries(stored()).filter(([, value]) => listed(value).length > 0);
      return ['distinguishedName', ...names.map(([name]) => name)];
    },
  };
}
