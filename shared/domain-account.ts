/** A Windows domain as its directory is known to us. */
export interface KnownDomain {
  readonly netbiosName: string | null;
  readonly dnsDomain: string;
  /** `S-1-5-21-…` of the domain; an account's is this and one number more. Null: not read. */
  readonly sid: string | null;
}

/** An account as an instance's evidence names it. */
export interface NamedAccount {
  /** `elsewhere`: not judged by the instance; whatever else: by the instance itself. */
  readonly authority: string;
  readonly domain: string | null;
  readonly sid: string | null;
}

/** NetBIOS and DNS forms of one name compare by first label, cut to NetBIOS length. */
export const hostLabel = (name: string): string => (name.split('.', 1)[0] ?? '').slice(0, 15).toLowerCase();

/** Whether a domain as an event names it, NetBIOS or DNS, is this one. */
export function isDomain(named: string | null, { netbiosName, dnsDomain }: KnownDomain): boolean {
  if (named === null || named === '') return false;
  const lower = named.toLowerCase();
  return (
    lower === dnsDomain.toLowerCase() || (netbiosName !== null && hostLabel(lower) === hostLabel(netbiosName))
  );
}

/** Whether the SID is one that this domain gave out. */
export const isOfDomainSid = (sid: string | null, { sid: domain }: KnownDomain): boolean =>
  sid !== null && domain !== null && sid.slice(0, sid.lastIndexOf('-')) === domain;

/**
 * Whether the directory of this domain decides about the account (R20): a domain account as a member sees it, or one
 * that a domain controller keeps as its own.
 */
export const isDecidedBy = (domain: KnownDomain, account: NamedAccount): boolean =>
  account.authority === 'elsewhere' ? isDomain(account.domain, domain) : isOfDomainSid(account.sid, domain);
