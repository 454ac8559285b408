import { EqualityFilter } from 'ldapts';
import { appError } from '../../../shared/errors';
import type { LockoutPolicy } from '../../../shared/policy';
import { err, ok, type Result } from '../../../shared/result';
import { type PolicyValues, policyFromDomain, policyFromPso } from '../../lockout/policy';
import type { Reason } from '../../lockout/types';
import type { EntryReader } from './entry';
import type { ControllerSession } from './session';
import { firstRdnValue } from './topology';

/** A policy with where it stands (R3). */
export interface FoundPolicy {
  /** Distinguished name of the domain or of the password settings object. */
  readonly dn: string;
  readonly name: string;
  readonly precedence: number | null;
  readonly policy: LockoutPolicy;
  readonly warnings: readonly Reason[];
}

const DOMAIN = [
  'lockoutThreshold',
  'lockoutDuration',
  'lockOutObservationWindow',
  'pwdProperties',
  'pwdHistoryLength',
];
const PSO = [
  'msDS-LockoutThreshold',
  'msDS-LockoutDuration',
  'msDS-LockoutObservationWindow',
  'msDS-PasswordHistoryLength',
  'msDS-PasswordSettingsPrecedence',
];

const valuesOf = (entry: EntryReader, names: readonly string[]): PolicyValues =>
  Object.fromEntries(names.map((name) => [name, entry.text(name) ?? undefined]));

/** The domain's own policy (R2, R3): negative ticks of 100 ns, without loss. */
export async function readDomainPolicy(
  session: ControllerSession,
  domainName: string,
  signal: AbortSignal,
): Promise<Result<FoundPolicy>> {
  const read = await session.readObject(domainName, DOMAIN, signal);
  if (!read.ok) return read;
  if (!read.value) return err(appError('directory.noSuchObject', { object: domainName }));
  const parsed = policyFromDomain(valuesOf(read.value, DOMAIN));
  if (!parsed.ok) {
    const { host } = session.address;
    return err(appError('directory.unreadableAnswer', { host, detail: parsed.error.field }));
  }
  return ok({ dn: domainName, name: domainName, precedence: null, ...parsed.value });
}

export function policyOfPso(entry: EntryReader): FoundPolicy | null {
  const parsed = policyFromPso(valuesOf(entry, PSO));
  if (!parsed.ok) return null;
  const precedence = entry.integer('msDS-PasswordSettingsPrecedence');
  return {
    dn: entry.dn,
    name: firstRdnValue(entry.dn),
    precedence: typeof precedence === 'bigint' ? Number(precedence) : null,
    ...parsed.value,
  };
}

/** One password settings object (R3); null: it cannot be read, which most users may not. */
export async function readPso(
  session: ControllerSession,
  dn: string,
  signal: AbortSignal,
): Promise<Result<FoundPolicy | null>> {
  const read = await session.readObject(dn, PSO, signal);
  if (!read.ok) return read.error.code === 'directory.insufficientRights' ? ok(null) : read;
  return ok(read.value ? policyOfPso(read.value) : null);
}

/** All password settings objects that may be seen, by precedence; null: not even their container. */
export async function readAllPsos(
  session: ControllerSession,
  domainName: string,
  signal: AbortSignal,
): Promise<Result<readonly FoundPolicy[] | null>> {
  const base = `CN=Password Settings Container,CN=System,${domainName}`;
  const container = await session.readObject(base, ['cn'], signal);
  if (!container.ok) return container;
  if (!container.value) return ok(null);
  const found: FoundPolicy[] = [];
  const read = await session.search(
    {
      base,
      scope: 'one',
      filter: new EqualityFilter({ attribute: 'objectClass', value: 'msDS-PasswordSettings' }),
      attributes: PSO,
      object: base,
    },
    (entry) => {
      const policy = policyOfPso(entry);
      if (policy) found.push(policy);
    },
    signal,
  );
  if (!read.ok) return read.error.code === 'directory.insufficientRights' ? ok(null) : read;
  return ok(found.sort((a, b) => (a.precedence ?? 0) - (b.precedence ?? 0)));
}
