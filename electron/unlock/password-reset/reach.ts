import type { InstanceView } from '../../../shared/account-status';
import type { ConnectionProfile } from '../../../shared/instance';
import type { Reach } from './state';

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
