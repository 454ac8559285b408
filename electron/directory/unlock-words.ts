import type { AccountView, Phrase } from '../../shared/account-status';
import type { DirectoryAccount } from '../../shared/directory';

const phrase = (name: string, params: Phrase['params'] = {}): Phrase => ({
  key: `directory.unlock.${name}`,
  params,
});

/** Why an unlock cannot be done. Pure. */
export function unlockObstacles(
  account: DirectoryAccount,
  permitted: boolean | null,
  user: string,
): Phrase[] {
  const obstacles: Phrase[] = [];
  if (account.status !== 'locked') obstacles.push(phrase('notLocked', { name: account.name }));
  if (permitted === false) obstacles.push(phrase('mayNot', { user, object: account.distinguishedName }));
  return obstacles;
}

/** What it does, and what is likely to lock the account again (R11, R30). Pure. */
export function unlockConsequences(
  account: DirectoryAccount,
  pdcHost: string,
  permitted: boolean | null,
  seen: readonly Pick<AccountView, 'verdict' | 'relockSeconds'>[],
): Phrase[] {
  const found = [phrase('does', { name: account.name, host: pdcHost })];
  if (account.autoUnlockAtMs !== null)
    found.push(phrase('wouldOpenByItself', { at: account.autoUnlockAtMs }));
  if (account.disabled) found.push(phrase('staysDisabled', { name: account.name }));
  const relocks = seen.flatMap(({ relockSeconds }) => relockSeconds ?? []);
  const kinds = new Set(seen.map(({ verdict }) => verdict.kind));
  if (kinds.has('attack')) found.push(phrase('attackGoesOn'));
  if (kinds.has('staleCredential')) found.push(phrase('staleCredential'));
  if (relocks.length > 0) found.push(phrase('relocksIn', { seconds: Math.round(Math.min(...relocks)) }));
  else if (seen.length === 0) found.push(phrase('sourceUnknown'));
  found.push(phrase('othersFollow'));
  if (permitted === null) found.push(phrase('rightUnknown'));
  return found;
}
