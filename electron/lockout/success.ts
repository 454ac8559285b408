import type { EventRecord } from '../../shared/evidence';

/** System, network-only, cached (11 to 13) and new-credentials (9) logons: no password was judged by the authority. */
const NO_PASSWORD_TYPES = new Set([0, 9, 11, 12, 13]);

/**
 * R28: whether a 4624 proves a right password at the account's authority and so clears its count. OpenSSH logs a
 * network logon for the user under its own logon process before any password is tried, and again for every key
 * logon; a Kerberos network logon shows a ticket only.
 */
export function clearsCount(data: EventRecord['data']): boolean {
  const name = (data.TargetUserName ?? '').trim();
  if (name === '' || name === '-' || name.endsWith('$')) return false;
  if (name.toUpperCase() === 'ANONYMOUS LOGON') return false;
  const sid = (data.TargetUserSid ?? '').trim();
  if (sid !== '' && sid !== '-' && !/^S-1-5-21-/i.test(sid)) return false;
  const type = Number(data.LogonType);
  if (!Number.isInteger(type) || NO_PASSWORD_TYPES.has(type)) return false;
  if ((data.LogonProcessName ?? '').trim().toLowerCase() === 'sshd') return false;
  const packageName = (data.AuthenticationPackageName ?? '').trim().toLowerCase();
  return !(type === 3 && packageName === 'kerberos');
}
