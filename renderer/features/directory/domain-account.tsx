import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { AccountView } from '../../../shared/account-status';
import type { DirectoryId } from '../../../shared/directory';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import styles from './directory.module.css';
import { directoryOf } from './directory-model';
import { useDirectoryProfiles, useDirectoryViews } from './state';

type Account = Pick<AccountView, 'authority' | 'domain' | 'name' | 'sid'>;

interface Deciding {
  readonly id: DirectoryId;
  /** The account's key there, as far as the window knows it. */
  readonly accountKey: string | null;
  /** There is a way to its PDC emulator now. */
  readonly connected: boolean;
}

/** The directory that decides about a domain account. */
export function useDecidingDirectory(account: Account): Deciding | undefined {
  const profiles = useDirectoryProfiles();
  const views = useDirectoryViews();
  const profile = directoryOf(account, profiles, views);
  if (!profile) return undefined;
  const view = views.find(({ id }) => id === profile.id);
  const listed = view?.accounts.find(({ name }) => name.toLowerCase() === account.name.toLowerCase());
  const connected = view?.connection === 'following' || view?.connection === 'catchingUp';
  return { id: profile.id, accountKey: account.sid ?? listed?.key ?? null, connected };
}

/** A name that can be the domain's in the form: what evidence has may be its short one. */
const asDomain = (domain: string | null): string | null => (domain?.includes('.') ? domain : null);

/** Leads from an instance's domain account to where it is decided, or to adding that. */
export function DomainAccount({ account }: { readonly account: Account }): ReactElement | null {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const go = useUi((state) => state.go);
  const deciding = useDecidingDirectory(account);
  if (account.authority !== 'elsewhere' && !deciding) return null;
  const lead = (): void => {
    if (!deciding) {
      openDialog({ kind: 'directoryProfile', id: null, domain: asDomain(account.domain) });
    } else if (deciding.accountKey === null) go({ page: 'directory', directoryId: deciding.id });
    else openDialog({ kind: 'controllerTable', id: deciding.id, accountKey: deciding.accountKey });
  };
  const word = !deciding ? 'add' : deciding.accountKey === null ? 'page' : 'open';
  return (
    <p className={styles.elsewhere}>
      {deciding ? null : <span>{t('directories.elsewhere')}</span>}
      <Button size="small" onClick={lead}>
        {t(`directories.elsewhere.${word}`)}
      </Button>
    </p>
  );
}
