import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyTypeOf } from './host-key-algorithms';

export type KnownHostsMarker = 'key' | 'revoked' | 'cert-authority';

export interface KnownHostsEntry {
  readonly marker: KnownHostsMarker;
  /** The host field as written: a list of patterns, or one hashed name. */
  readonly hosts: string;
  readonly keyType: string;
  readonly keyBlob: Uint8Array;
  readonly line: number;
}

export interface KnownHosts {
  readonly entries: readonly KnownHostsEntry[];
  /** Lines that are no entry, by number from 1: they are skipped, as OpenSSH does. */
  readonly brokenLines: readonly number[];
}

const MARKERS: Readonly<Record<string, KnownHostsMarker>> = {
  '@revoked': 'revoked',
  '@cert-authority': 'cert-authority',
};
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

function parseLine(text: string, line: number): KnownHostsEntry | undefined {
  const fields = text.split(/[ \t]+/);
  let marker: KnownHostsMarker = 'key';
  if (fields[0]?.startsWith('@')) {
    const named = MARKERS[fields.shift() ?? ''];
    if (!named) return undefined;
    marker = named;
  }
  const [hosts, keyType, encoded] = fields;
  if (!hosts || !keyType || !encoded || !BASE64.test(encoded)) return undefined;
  const keyBlob = Buffer.from(encoded, 'base64');
  return keyTypeOf(keyBlob) === keyType ? { marker, hosts, keyType, keyBlob, line } : undefined;
}

/** Reads OpenSSH's `known_hosts`. Comments and empty lines are passed over, broken lines are listed. */
export function parseKnownHosts(text: string): KnownHosts {
  const entries: KnownHostsEntry[] = [];
  const brokenLines: number[] = [];
  text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .forEach((raw, index) => {
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) return;
      const entry = parseLine(line, index + 1);
      if (entry) entries.push(entry);
      else brokenLines.push(index + 1);
    });
  return { entries, brokenLines };
}

/** Whether a pattern with `*` and `?` matches a whole name, in time linear to both. */
function matchesPattern(pattern: string, name: string): boolean {
  let [p, n, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function matchesHashed(field: string, name: string): boolean {
  const [, version, salt, hash] = field.split('|');
  if (version !== '1' || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Whether a host field speaks of a name; a negated pattern that matches excludes it, whatever else matches. */
export function matchesHosts(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return matchesHashed(hosts, name);
  let matched = false;
  for (const pattern of hosts.toLowerCase().split(',')) {
    if (pattern.startsWith('!')) {
      if (matchesPattern(pattern.slice(1), name)) return false;
    } else if (matchesPattern(pattern, name)) matched = true;
  }
  return matched;
}

export type KnownHostsVerdict = 'matches' | 'differs' | 'unknown' | 'revoked';

/** How a host is written in the file: bare for port 22, `[host]:port` otherwise. */
export const knownHostsName = (host: string, port: number): string =>
  port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;

const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/**
 * What `known_hosts` says of a key. `revoked` outranks all. A key noted without a port counts for any port, as
 * OpenSSH has it, but its absence proves nothing there. Certificate authorities are not consulted: they vouch for
 * certificates, and a bare key is shown here.
 */
export function lookUpKnownHost(
  known: KnownHosts,
  host: string,
  port: number,
  keyBlob: Uint8Array,
): KnownHostsVerdict {
  const name = knownHostsName(host, port);
  const bare = host.toLowerCase();
  const of = (entry: KnownHostsEntry) => matchesHosts(entry.hosts, name);
  const ofBare = (entry: KnownHostsEntry) => matchesHosts(entry.hosts, bare);
  const same = (entry: KnownHostsEntry) => sameBytes(entry.keyBlob, keyBlob);
  const revoked = known.entries.filter((entry) => entry.marker === 'revoked' && same(entry));
  if (revoked.some((entry) => of(entry) || ofBare(entry))) return 'revoked';
  const keys = known.entries.filter((entry) => entry.marker === 'key');
  const here = keys.filter(of);
  if (here.some(same) || keys.some((entry) => same(entry) && ofBare(entry))) return 'matches';
  return here.length > 0 ? 'differs' : 'unknown';
}

/** The key types that `known_hosts` holds for a host, to be asked for first. */
export function knownKeyTypes(known: KnownHosts, host: string, port: number): string[] {
  const name = knownHostsName(host, port);
  const here = known.entries.filter((entry) => entry.marker === 'key' && matchesHosts(entry.hosts, name));
  return [...new Set(here.map((entry) => entry.keyType))];
}
