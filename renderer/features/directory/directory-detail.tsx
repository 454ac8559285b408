import type { ReactElement } from 'react';
import type { DirectoryProfile } from '../../../shared/directory';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { Phrases } from '../instance/account-details';
import { AccountsPanel } from './accounts-panel';
import { ControllersPanel } from './controllers-panel';
import styles from './directory.module.css';
import { shownDirectory } from './directory-model';
import { PoliciesPanels } from './policies-panels';
import { useDirectoryView } from './state';
import { Summary } from './summary';
import { useFreshness } from './use-freshness';

interface Props {
  readonly profile: DirectoryProfile;
  /** The account that a notification or another page led to. */
  readonly accountKey: string | null;
}

/** One directory: what is locked in its domain, who says so, and under which policies. */
export function DirectoryDetail({ profile, accountKey }: Props): ReactElement {
  const { t } = useLanguage();
  const view = useDirectoryView(profile.id);
  const fresh = useFreshness();
  const shown = shownDirectory(view, fresh);
  return (
    <div className={styles.detail}>
      <Summary profile={profile} view={view} shown={shown} />
      {view ? (
        <>
          <AccountsPanel profile={profile} view={view} shown={shown} openKey={accountKey} />
          <ControllersPanel profile={profile} view={view} />
          <PoliciesPanels id={profile.id} view={view} />
          {view.doubts.length > 0 ? (
            <Panel title={t('directories.doubts')}>
              <Phrases phrases={view.doubts} />
            </Panel>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
