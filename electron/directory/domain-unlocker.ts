import type { AccountStanding, UnlockAnswer, UnlockTarget } from '../../shared/account-unlock';
import {
  type DirectoryAccount,
  type DirectoryProfile,
  type DirectoryView,
  knownDomain,
} from '../../shared/directory';
import { isDomain } from '../../shared/domain-account';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { DomainAccount, DomainUnlocker } from '../unlock/account-unlock/domain-unlocker';
import type { DirectoryLink } from '../watch/directory-link';

type Ask = Parameters<DirectoryLink['ready']>[0];

/** What the unlocker needs to know of the directories. */
export interface KnownDirectories {
  profiles(): readonly DirectoryProfile[];
  views(): readonly DirectoryView[];
  readonly ask: Ask;
}

const standing = ({ name, key, status }: DirectoryAccount): AccountStanding => ({
  name,
  sid: key,
  locked: status === 'locked',
});

/** Whether an account is the one that the directory signs in with, however that is written. */
export function isBindUser(account: DirectoryAccount, bindUser: string): boolean {
  const user = bindUser.toLowerCase();
  const short = user.replace(/^[^\\]*\\/, '').replace(/@.*$/, '');
  return (
    user === account.distinguishedName.toLowerCase() ||
    user === account.userPrincipalName?.toLowerCase() ||
    (!user.includes('=') && short === account.name.toLowerCase())
  );
}

/** Domain accounts unlocked through a directory, at its PDC emulator. */
export function createDirectoryUnlocker({ profiles, views, ask }: KnownDirectories): DomainUnlocker {
  async function keyOf(id: string, { sid, name }: UnlockTarget): Promise<Result<string | null>> {
    if (sid !== null) return ok(sid);
    const found = await ask('directory.accounts', { id, state: 'both', search: name, offset: 0, limit: 50 });
    if (!found.ok) return found;
    const same = found.value.accounts.filter((one) => one.name.toLowerCase() === name.toLowerCase());
    return ok(same[0]?.key ?? null);
  }

  const reading = async (id: string, target: UnlockTarget) => {
    const accountKey = await keyOf(id, target);
    if (!accountKey.ok) return accountKey;
    if (accountKey.value === null) return ok(null);
    const read = await ask('directory.readForUnlock', { id, accountKey: accountKey.value });
    return !read.ok && read.error.code === 'directory.noSuchObject' ? ok(null) : read;
  };

  return {
    async inspect(account: DomainAccount) {
      const { domain } = account;
      for (const profile of profiles()) {
        const view = views().find(({ id }) => id === profile.id);
        if (!isDomain(domain, knownDomain(profile, view))) continue;
        const read = await reading(profile.id, account);
        if (!read.ok) return read;
        const pdcHost = read.value?.pdcHost ?? view?.pdcHost ?? null;
        if (pdcHost === null) return err(appError('directory.pdcUnknown', { domain: profile.domain }));
        return ok({
          key: profile.id,
          where: profile.name,
          inspection: {
            account: read.value ? standing(read.value.account) : null,
            // Where the controller does not say whether it is allowed, only trying shows it.
            elevated: read.value?.permitted !== false,
            self: read.value ? isBindUser(read.value.account, profile.bindUser) : false,
            controller: {
              name: pdcHost,
              pdc: true,
              pdcName: pdcHost,
              domain: view?.netbiosName ?? profile.domain,
            },
          },
        });
      }
      return ok(null);
    },
    async unlock(id, target): Promise<Result<UnlockAnswer>> {
      const read = await reading(id, target);
      if (!read.ok) return read;
      const nothing = { found: false, done: false, refused: null, before: null, after: null };
      if (!read.value) return ok(nothing);
      const { account, stamp, permitted } = read.value;
      const found = { ...nothing, found: true, before: standing(account) };
      const profile = profiles().find((one) => one.id === id);
      if (profile && isBindUser(account, profile.bindUser)) return ok({ ...found, refused: 'self' });
      if (account.name.toLowerCase() !== target.name.toLowerCase())
        return ok({ ...found, refused: 'renamed' });
      if (permitted === false) return ok({ ...found, refused: 'notElevated' });
      if (account.status !== 'locked') return ok({ ...found, refused: 'notLocked' });
      const done = await ask('directory.unlock', { id, accountKey: account.key, stamp });
      if (!done.ok) {
        return done.error.code === 'directory.insufficientRights'
          ? ok({ ...found, refused: 'notElevated' })
          : done;
      }
      const { account: after } = done.value;
      return ok({ ...found, done: true, after: after ? standing(after) : null });
    },
  };
}
