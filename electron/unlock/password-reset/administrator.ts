import type { InstanceView } from '../../../shared/account-status';
import type { ConnectionProfile } from '../../../shared/instance';
import type { Reach } from './state';

/** The account whose password the cloud sets: the built-in administrator, by the name that it has on the instance. */
export function administratorOf(view: InstanceView | undefined): string {
  const accounts = view?.accounts.filter(
    ({ builtinAdministrator, authority }) => builtinAdministrator && authority === 'local',
  );
  // A SID proves it; a name alone may be somebody else's.
  return (accounts?.find(({ sid }) => sid !== null) ?? accounts?.[0])?.name ?? 'Administrator';
}

/** `DOMAIN\name`, `name@domain` and `.\name` without what stands around the name. */
const bareName = (user: string): string =>
  (user.split('\\').at(-1) ?? user).split('@')[0]?.toLowerCase() ?? '';

/** Whether Lockwatch itself signs in at the instance as this account, and with a password. */
export const signsInAs = (profile: Pick<ConnectionProfile, 'ssh'> | undefined, account: string): boolean =>
  profile?.ssh.authentication.kind === 'password' && bareName(profile.ssh.user) === account.toLowerCase();

/** What SSH says of an instance that was running again at `sinceMs`. A reading from before says nothing. Pure. */
export function reachOf(
  view: Pick<InstanceView, 'connection' | 'checkedAtMs' | 'failure'> | undefined,
  profile: Pick<ConnectionProfile, 'watch'> | undefined,
  sinceMs: number,
): Reach {
  if (!view || profile?.watch === 'off' || view.connection === 'off') return 'notWatched';
  if (view.connection === 'following' || view.connection === 'catchingUp') {
    return view.checkedAtMs !== null && view.checkedAtMs > sinceMs ? 'answers' : 'waiting';
  }
  if (view.connection !== 'needsAdmin') return 'waiting';
  return view.failure?.code === 'ssh.passwordRefused' ? 'refusesPassword' : 'needsAdmin';
}
