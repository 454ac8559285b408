import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type KnownHosts, parseKnownHosts } from '../sources/ssh/known-hosts';

export interface KnownHostsReader {
  read(): Promise<KnownHosts>;
}

/** Where OpenSSH's client looks. */
export function knownHostsPaths(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] {
  const own = join(homedir(), '.ssh', 'known_hosts');
  if (platform !== 'win32') return [own, '/etc/ssh/ssh_known_hosts'];
  return [own, join(env.ProgramData ?? 'C:\\ProgramData', 'ssh', 'ssh_known_hosts')];
}

const LARGEST_BYTES = 16 * 1024 * 1024;

/** Reads the `known_hosts` files again when they have changed; a file that cannot be read counts as empty. */
export function createKnownHostsReader(paths: readonly string[], wanted: () => boolean): KnownHostsReader {
  const cache = new Map<string, { readonly stamp: string; readonly parsed: KnownHosts }>();

  async function readOne(path: string): Promise<KnownHosts['entries']> {
    try {
      const { mtimeMs, size } = await stat(path);
      if (size > LARGEST_BYTES) return [];
      const stamp = `${mtimeMs}/${size}`;
      const known = cache.get(path);
      if (known?.stamp === stamp) return known.parsed.entries;
      const parsed = parseKnownHosts(await readFile(path, 'utf8'));
      cache.set(path, { stamp, parsed });
      return parsed.entries;
    } catch {
      return [];
    }
  }

  return {
    async read() {
      const entries = wanted() ? (await Promise.all(paths.map(readOne))).flat() : [];
      return { entries, brokenLines: [] };
    },
  };
}
