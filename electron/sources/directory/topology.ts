import { EqualityFilter, OrFilter } from 'ldapts';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { type EntryReader, generalizedTimeMs, sidText } from './entry';
import type { ControllerSession } from './session';

/** What a controller says of itself. */
export interface RootDse {
  readonly domainName: string;
  readonly configurationName: string;
  /** DNS name of this controller. */
  readonly hostName: string | null;
  /** Its own settings object: names its database as long as that lives. */
  readonly settingsName: string | null;
  readonly highestUsn: bigint | null;
  /** Its clock minus ours, in milliseconds, to half a second and half the round trip. */
  readonly clockOffsetMs: number | null;
  readonly roundTripMs: number;
}

export interface FoundController {
  readonly host: string;
  readonly site: string | null;
  readonly readOnly: boolean;
  readonly pdc: boolean;
}

export interface Topology {
  readonly domainName: string;
  readonly netbiosName: string | null;
  /** Null: not readable. */
  readonly domainSid: string | null;
  readonly controllers: readonly FoundController[];
  /** Null: not known, or its owner is no controller that can be found. */
  readonly pdcHost: string | null;
}

const ROOT = [
  'defaultNamingContext',
  'configurationNamingContext',
  'dnsHostName',
  'dsServiceName',
  'highestCommittedUSN',
  'currentTime',
];

/** The value of the first part of a distinguished name, unescaped: `CN=a\\,b,DC=x` is `a,b`. */
export function firstRdnValue(dn: string): string {
  const match = /^[^=]+=((?:\\.|[^,\\])*)/.exec(dn);
  return (match?.[1] ?? '').replace(
    /\\([0-9a-f]{2})|\\(.)/gi,
    (_all, hex: string | undefined, char: string) =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : char,
  );
}

/** The name above this one; empty at the top. */
export const parentDn = (dn: string): string => dn.replace(/^(?:\\.|[^,\\])*,?/, '');

/** `corp.example` to `DC=corp,DC=example`. */
export const dnOfDomain = (domain: string): string =>
  domain
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',');

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** rootDSE. Errors: those of reading, directory.notLdap when it is no domain controller's. */
export async function readRootDse(
  session: ControllerSession,
  now: () => number,
  signal: AbortSignal,
): Promise<Result<RootDse>> {
  const { host } = session.address;
  const begun = now();
  const read = await session.readObject('', ROOT, signal);
  const roundTripMs = now() - begun;
  if (!read.ok) return read;
  const root = read.value;
  const domainName = root?.text('defaultNamingContext') ?? null;
  const configurationName = root?.text('configurationNamingContext') ?? null;
  if (!root || domainName === null || configurationName === null) {
    return err(appError('directory.notLdap', { host }));
  }
  const time = generalizedTimeMs(root.text('currentTime'));
  const usn = root.integer('highestCommittedUSN');
  return ok({
    domainName,
    configurationName,
    hostName: root.text('dnsHostName'),
    settingsName: root.text('dsServiceName'),
    highestUsn: typeof usn === 'bigint' ? usn : null,
    // Written in whole seconds, cut off.
    clockOffsetMs: time === null ? null : time + 500 - (begun + roundTripMs / 2),
    roundTripMs,
  });
}

/** That the controller is one of the domain it is asked about; DNS or a typing error may lead elsewhere. */
export function rightDomain(root: RootDse, domain: string, host: string): AppError | null {
  if (same(root.domainName.replace(/\s*,\s*/g, ','), dnOfDomain(domain))) return null;
  return appError('directory.otherDomain', { host, found: root.domainName, domain });
}

/**
 * Who decides (R20): the owner of the PDC emulator role, and all controllers of the domain with their sites, read-only
 * ones marked (R22). One search over the sites, one for the domain's names, one read of the domain.
 */
export async function readTopology(
  session: ControllerSession,
  root: RootDse,
  signal: AbortSignal,
): Promise<Result<Topology>> {
  const entries: EntryReader[] = [];
  const sites = `CN=Sites,${root.configurationName}`;
  const filter = new OrFilter({
    filters: ['nTDSDSA', 'nTDSDSARO', 'server'].map(
      (value) => new EqualityFilter({ attribute: 'objectClass', value }),
    ),
  });
  const attributes = [
    'objectClass',
    'dNSHostName',
    'msDS-HasDomainNCs',
    'hasMasterNCs',
    'msDS-hasMasterNCs',
    'msDS-hasFullReplicaNCs',
    'options',
  ];
  const found = await session.search(
    { base: sites, scope: 'sub', filter, attributes, object: sites },
    (entry) => entries.push(entry),
    signal,
  );
  if (!found.ok) return found;
  const domain = await session.readObject(root.domainName, ['fSMORoleOwner', 'objectSid'], signal);
  if (!domain.ok) return domain;
  const owner = domain.value?.text('fSMORoleOwner') ?? null;
  const netbios = await readNetbiosName(session, root, signal);
  if (!netbios.ok) return netbios;
  const controllers = controllersOf(entries, root.domainName, owner);
  return ok({
    domainName: root.domainName,
    netbiosName: netbios.value,
    domainSid: sidText(domain.value?.bytes('objectSid') ?? null),
    controllers,
    pdcHost: controllers.find(({ pdc }) => pdc)?.host ?? null,
  });
}

function controllersOf(
  entries: readonly EntryReader[],
  domainName: string,
  owner: string | null,
): readonly FoundController[] {
  const hosts = new Map(
    entries
      .filter((entry) => entry.texts('objectClass').some((name) => same(name, 'server')))
      .map((entry) => [entry.dn.toLowerCase(), entry.text('dNSHostName')]),
  );
  const controllers = entries.flatMap((entry) => {
    const classes = entry.texts('objectClass').map((name) => name.toLowerCase());
    const readOnly = classes.includes('ntdsdsaro');
    if (!readOnly && !classes.includes('ntdsdsa')) return [];
    const server = parentDn(entry.dn);
    const host = hosts.get(server.toLowerCase());
    const domains = [
      'msDS-HasDomainNCs',
      'msDS-hasMasterNCs',
      'hasMasterNCs',
      'msDS-hasFullReplicaNCs',
    ].flatMap((name) => entry.texts(name));
    // A controller of another domain of the forest stands in the same place.
    if (domains.length > 0 && !domains.some((name) => same(name, domainName))) return [];
    if (!host) return [];
    return [
      {
        host,
        // CN=<server>,CN=Servers,CN=<site>,CN=Sites
        site: firstRdnValue(parentDn(parentDn(server))) || null,
        readOnly,
        pdc: owner !== null && same(owner, entry.dn),
      },
    ];
  });
  return controllers.sort(
    (a, b) =>
      Number(b.pdc) - Number(a.pdc) ||
      (a.site ?? '').localeCompare(b.site ?? '') ||
      a.host.localeCompare(b.host),
  );
}

async function readNetbiosName(
  session: ControllerSession,
  root: RootDse,
  signal: AbortSignal,
): Promise<Result<string | null>> {
  let name: string | null = null;
  const base = `CN=Partitions,${root.configurationName}`;
  const read = await session.search(
    {
      base,
      scope: 'one',
      filter: new EqualityFilter({ attribute: 'nCName', value: root.domainName }),
      attributes: ['nETBIOSName'],
      object: base,
    },
    (entry) => {
      name = entry.text('nETBIOSName') ?? name;
    },
    signal,
  );
  return read.ok ? ok(name) : read;
}
