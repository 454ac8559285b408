import { hostLabel } from '../../shared/domain-account';
import type { EventRecord } from '../../shared/evidence';
import type { AccountRef, BuiltinAdministrator, InstanceRole } from './types';

/** What identity is judged against: the instance's own name (first label) and role. */
export interface Host {
  readonly computer: string | null;
  readonly role: InstanceRole;
}

const ADMINISTRATOR_NAMES = new Set(['administrator', 'administrateur', 'administrador', 'administratör']);

function builtinAdministrator(sid: string | null, name: string, here: boolean): BuiltinAdministrator {
  if (sid !== null) return /^S-1-5-21-.*-500$/i.test(sid) ? 'yes' : 'no';
  return here && ADMINISTRATOR_NAMES.has(name) ? 'likely' : 'no';
}

const known = (text: string | undefined): string => {
  const trimmed = text?.trim() ?? '';
  return trimmed === '-' ? '' : trimmed;
};

/** A SID that says something; null for none and for the nobody SID of failed logons. */
function knownSid(text: string | undefined): string | null {
  const sid = known(text);
  return sid === '' || sid === 'S-1-0-0' ? null : sid;
}

/**
 * Who is meant (R26): `user@domain` and `domain\user` are taken apart, and the account is judged here when its domain
 * part is the computer's name, `.` or empty. On a standalone machine there is no other authority, whatever domain the
 * caller typed; on a domain controller every account is the directory's. Null: no name.
 */
export function accountRef(
  host: Host,
  rawName: string | undefined,
  rawDomain: string | undefined,
  rawSid: string | undefined,
): AccountRef | null {
  let name = known(rawName);
  let domain = known(rawDomain);
  const at = name.indexOf('@');
  const slash = name.indexOf('\\');
  if (domain === '' && at > 0) {
    domain = name.slice(at + 1);
    name = name.slice(0, at);
  } else if (domain === '' && slash >= 0) {
    domain = name.slice(0, slash);
    name = name.slice(slash + 1);
  }
  if (name === '') return null;
  const sid = knownSid(rawSid);
  const local = domain === '' || domain === '.' || sameHost(host.computer, domain);
  const here = local || host.role === 'standalone' || host.role === 'domainController';
  const lower = name.toLowerCase();
  return {
    key: here ? lower : `${hostLabel(domain)}\\${lower}`,
    name,
    domain: here ? null : domain,
    sid,
    authority: here ? 'here' : 'elsewhere',
    builtinAdministrator: builtinAdministrator(sid, lower, here),
  };
}

const sameHost = (computer: string | null, domain: string): boolean =>
  computer !== null && hostLabel(domain) === computer;

/** The newer reference with what only the older one knew. */
export function mergeRef(older: AccountRef, newer: AccountRef): AccountRef {
  if (older.sid === newer.sid || newer.sid === null) return older;
  return { ...older, sid: newer.sid, builtinAdministrator: newer.builtinAdministrator };
}

/** The role that events alone prove: Kerberos service events (4768, 4771) are logged on domain controllers only. */
export const roleFromEvents = (events: readonly EventRecord[]): InstanceRole =>
  events.some(({ channel, eventId }) => channel === 'Security' && (eventId === 4768 || eventId === 4771))
    ? 'domainController'
    : 'unknown';
