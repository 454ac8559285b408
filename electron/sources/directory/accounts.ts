import {
  AndFilter,
  EqualityFilter,
  type Filter,
  GreaterThanEqualsFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from 'ldapts';
import { ok, type Result } from '../../../shared/result';
import type { Filetime } from '../../../shared/time';
import { type EntryReader, instantOf, sidBytes, sidText } from './entry';
import type { ControllerSession, SearchCost } from './session';

/** One account as one controller stores it (section 5's attributes). Plain data; instants in ticks, 0n never. */
export interface StoredAccount {
  /** SID; what names it whatever it is called. */
  readonly key: string;
  readonly name: string;
  readonly displayName: string | null;
  readonly userPrincipalName: string | null;
  readonly dn: string;
  readonly kind: 'user' | 'builtinAdministrator' | 'trust';
  /** Null where it may not be read. */
  readonly enabled: boolean | null;
  /** Null: not readable, or not a number. An attribute that was never written is 0. */
  readonly badPasswordCount: number | null;
  readonly badPasswordTime: Filetime | null;
  readonly lockoutTime: Filetime | null;
  /** Bit 0x10 of msDS-User-Account-Control-Computed: what the controller itself says; null: not told. */
  readonly lockedFlag: boolean | null;
  readonly passwordSet: Filetime | null;
  readonly lastLogon: Filetime | null;
  /** Distinguished name of its password settings object; null: the domain's policy. */
  readonly psoDn: string | null;
  readonly usn: bigint | null;
  /** Attributes whose values were not of their syntax. */
  readonly odd: readonly string[];
}

const IDENTITY = ['objectSid', 'sAMAccountName', 'displayName', 'userPrincipalName'];
const STATE = [
  'userAccountControl',
  'badPwdCount',
  'badPasswordTime',
  'lockoutTime',
  'msDS-User-Account-Control-Computed',
  'msDS-ResultantPSO',
  'pwdLastSet',
  'lastLogon',
  'uSNChanged',
];
/** Everything that is asked for of an account. */
export const ACCOUNT_ATTRIBUTES: readonly string[] = [...IDENTITY, ...STATE];

const DISABLED = 0x2n;
const TRUST = 0x800n | 0x1000n | 0x2000n;
const LOCKED = 0x10n;
const MOST = 0xffff_ffffn;

/** An entry as an account; null when it is none (no SID or no name). */
export function accountOf(entry: EntryReader): StoredAccount | null {
  const key = sidText(entry.bytes('objectSid'));
  const name = entry.text('sAMAccountName');
  if (key === null || name === null) return null;
  const odd: string[] = [];
  const whole = (attribute: string): bigint | null => {
    const value = entry.integer(attribute);
    if (value !== 'invalid') return value;
    odd.push(attribute);
    return null;
  };
  const control = whole('userAccountControl');
  const computed = whole('msDS-User-Account-Control-Computed');
  // What every account has, and what may be read with the rest: without them absence proves nothing.
  const readable = control !== null || entry.has('pwdLastSet');
  const instant = (attribute: string): Filetime | null => {
    const value = instantOf(entry, attribute);
    if (value === 'invalid') {
      odd.push(attribute);
      return null;
    }
    return value ?? (readable ? 0n : null);
  };
  const count = whole('badPwdCount');
  const countOdd = odd.includes('badPwdCount') || (count !== null && (count < 0n || count > MOST));
  if (countOdd && !odd.includes('badPwdCount')) odd.push('badPwdCount');
  return {
    key,
    name,
    displayName: entry.text('displayName'),
    userPrincipalName: entry.text('userPrincipalName'),
    dn: entry.dn,
    kind:
      control !== null && (control & TRUST) !== 0n
        ? 'trust'
        : /^S-1-5-21-.*-500$/.test(key)
          ? 'builtinAdministrator'
          : 'user',
    enabled: control === null ? null : (control & DISABLED) === 0n,
    badPasswordCount: countOdd ? null : count === null ? (readable ? 0 : null) : Number(count),
    badPasswordTime: instant('badPasswordTime'),
    lockoutTime: instant('lockoutTime'),
    lockedFlag: computed === null ? null : (computed & LOCKED) !== 0n,
    passwordSet: instant('pwdLastSet'),
    lastLogon: instant('lastLogon'),
    psoDn: entry.text('msDS-ResultantPSO'),
    usn: ((usn) => (typeof usn === 'bigint' ? usn : null))(entry.integer('uSNChanged')),
    odd,
  };
}

const equal = (attribute: string, value: string | Buffer): Filter => new EqualityFilter({ attribute, value });
const atLeast = (attribute: string, value: string): Filter =>
  new GreaterThanEqualsFilter({ attribute, value });
const USERS = [equal('objectCategory', 'person'), equal('objectClass', 'user')];
const users = (...more: Filter[]): Filter => new AndFilter({ filters: [...USERS, ...more] });

async function readAccounts(
  session: ControllerSession,
  base: string,
  filter: Filter,
  onAccount: (account: StoredAccount) => void,
  signal: AbortSignal,
  most?: number,
): Promise<Result<SearchCost>> {
  return session.search(
    {
      base,
      scope: 'sub',
      filter,
      attributes: ACCOUNT_ATTRIBUTES,
      object: base,
      ...(most === undefined ? {} : { most }),
    },
    (entry) => {
      const account = accountOf(entry);
      if (account) onAccount(account);
    },
    signal,
  );
}

/** Every account with a stored lock or count; what of it is still in force is the reader's to say (R6, R9). */
export const readLockedAndCounting = (
  session: ControllerSession,
  domainName: string,
  onAccount: (account: StoredAccount) => void,
  signal: AbortSignal,
): Promise<Result<SearchCost>> =>
  readAccounts(
    session,
    domainName,
    users(new OrFilter({ filters: [atLeast('lockoutTime', '1'), atLeast('badPwdCount', '1')] })),
    onAccount,
    signal,
  );

/** Accounts that changed at this controller since that number: locks and unlocks, but no counts (README). */
export const readChangedSince = (
  session: ControllerSession,
  domainName: string,
  usn: bigint,
  onAccount: (account: StoredAccount) => void,
  signal: AbortSignal,
): Promise<Result<SearchCost>> =>
  readAccounts(session, domainName, users(atLeast('uSNChanged', usn.toString())), onAccount, signal);

/** Who is meant: a SID where it is known, else the name that one signs in with. */
export interface AccountName {
  readonly sid: string | null;
  readonly name: string;
}

const MOST_AT_ONCE = 100;

/** Some accounts by SID or name, in one question each hundred. Values go as they are: no filter text is made of them. */
export async function readNamed(
  session: ControllerSession,
  domainName: string,
  names: readonly AccountName[],
  onAccount: (account: StoredAccount) => void,
  signal: AbortSignal,
): Promise<Result<SearchCost>> {
  let cost: SearchCost = { entries: 0, bytes: 0, pages: 0, more: false };
  for (let start = 0; start < names.length; start += MOST_AT_ONCE) {
    const filters = names.slice(start, start + MOST_AT_ONCE).map(({ sid, name }) => {
      const bytes = sid === null ? null : sidBytes(sid);
      return bytes ? equal('objectSid', bytes) : equal('sAMAccountName', name);
    });
    const read = await readAccounts(session, domainName, users(new OrFilter({ filters })), onAccount, signal);
    if (!read.ok) return read;
    cost = {
      entries: cost.entries + read.value.entries,
      bytes: cost.bytes + read.value.bytes,
      pages: cost.pages + read.value.pages,
      more: false,
    };
  }
  return ok(cost);
}

/** One account by its SID; undefined when the controller has none. Straight at the object, from any controller. */
export async function readBySid(
  session: ControllerSession,
  sid: string,
  signal: AbortSignal,
): Promise<Result<StoredAccount | undefined>> {
  const read = await session.readObject(`<SID=${sid}>`, ACCOUNT_ATTRIBUTES, signal);
  if (!read.ok) return read;
  // A controller that answers with another object answers something else.
  const account = read.value ? accountOf(read.value) : null;
  return ok(account?.key === sid ? account : undefined);
}

/** At most so many accounts whose names begin with a text, whatever characters it has. */
export const readMatching = (
  session: ControllerSession,
  domainName: string,
  text: string,
  most: number,
  onAccount: (account: StoredAccount) => void,
  signal: AbortSignal,
): Promise<Result<SearchCost>> =>
  readAccounts(
    session,
    domainName,
    users(
      new OrFilter({
        filters: ['sAMAccountName', 'displayName', 'userPrincipalName', 'cn'].map(
          (attribute) => new SubstringFilter({ attribute, initial: text }),
        ),
      }),
    ),
    onAccount,
    signal,
    most,
  );

/**
 * Whether this user may read what locks are told by, on any account. Without that right the lists are empty, and empty
 * would pass for clear.
 */
export async function mayReadState(
  session: ControllerSession,
  domainName: string,
  signal: AbortSignal,
): Promise<Result<boolean>> {
  let seen = false;
  const filter = users(
    new PresenceFilter({ attribute: 'badPwdCount' }),
    new PresenceFilter({ attribute: 'userAccountControl' }),
  );
  const read = await session.search(
    { base: domainName, scope: 'sub', filter, attributes: ['badPwdCount'], object: domainName, most: 1 },
    (entry) => {
      seen ||= entry.has('badPwdCount');
    },
    signal,
  );
  return read.ok ? ok(seen) : read;
}

/** Whether the signed-in user may unlock this account: the controller itself says what it would let them write. */
export async function mayUnlock(
  session: ControllerSession,
  sid: string,
  signal: AbortSignal,
): Promise<Result<boolean | null>> {
  const read = await session.readObject(`<SID=${sid}>`, ['allowedAttributesEffective'], signal);
  if (!read.ok) return read;
  const names = read.value?.texts('allowedAttributesEffective') ?? [];
  if (!read.value) return ok(null);
  return ok(names.some((name) => name.toLowerCase() === 'lockouttime'));
}
