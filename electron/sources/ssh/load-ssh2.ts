import type * as Ssh2 from 'ssh2';

export type Ssh2Module = Pick<typeof Ssh2, 'Client' | 'createAgent' | 'utils'>;

/** Loads ssh2 with the first connection, for it has no place in the app's start. */
export async function loadSsh2(): Promise<Ssh2Module> {
  const loaded: typeof Ssh2 & { readonly default?: typeof Ssh2 } = await import('ssh2');
  return loaded.default ?? loaded;
}
