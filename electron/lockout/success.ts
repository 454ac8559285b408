import type { EventRecord } from '../../shared/evidence';
import { addressScope, normaliseAddress } from './address';
import type { SignInPlace } from './types';

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

const lower = (text: string | undefined): string => (text ?? '').trim().toLowerCase();

/**
 * R27, R28: where a password that a 4624 proves was entered; call it only where `clearsCount` holds. Null: somewhere
 * else (a service, SSH, "run as"), or it cannot be told. The sign-in screen logs on through User32, on old systems
 * through Advapi in winlogon; "run as" through seclogo. Unlocking or taking up a session (type 7) carries the client's
 * address when the session is a remote one.
 */
export function signInPlace(data: EventRecord['data']): SignInPlace | null {
  const address = normaliseAddress(data.IpAddress);
  const remote = address !== null && addressScope(address) !== 'loopback';
  switch (Number(data.LogonType)) {
    case 10:
      return 'remoteDesktop';
    case 2:
    case 7:
      if (!fromSignInScreen(data)) return null;
      return remote ? 'remoteDesktop' : 'console';
    case 3:
      return remote && lower(data.AuthenticationPackageName) === 'ntlm' ? 'network' : null;
    default:
      return null;
  }
}

function fromSignInScreen(data: EventRecord['data']): boolean {
  const by = lower(data.LogonProcessName);
  return by === 'user32' || (by === 'advapi' && lower(data.ProcessName).endsWith('\\winlogon.exe'));
}
