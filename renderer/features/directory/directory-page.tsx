import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons/svg/add';
import type { ReactElement } from 'react';
import page from '../../components/page.module.css';
import { Empty } from '../../components/panel';
import scrolling from '../../components/scrolling-page.module.css';
import { useLanguage } from '../../i18n/language';
import { type DirectoryRoute, useUi } from '../../store/ui';
import styles from './directory.module.css';
import { DirectoryDetail } from './directory-detail';
import { DirectoryList } from './directory-list';
import { firstDirectory } from './directory-model';
import { useDirectoryProfiles, useDirectoryViews } from './state';

/** The directories, and of one of them everything: its accounts, its controllers, its policies. */
export function DirectoryPage({ route }: { readonly route: DirectoryRoute }): ReactElement {
  const { t } = useLanguage();
  const profiles = useDirectoryProfiles();
  const views = useDirectoryViews();
  const openDialog = useUi((state) => state.openDialog);
  const add = (): void => openDialog({ kind: 'directoryProfile', id: null, domain: null });
  if (profiles.length === 0) {
    return (
      <Empty page title={t('directories.empty.title')} text={t('directories.empty.text')}>
        <Button appearance="primary" icon={<Add20Regular />} onClick={add}>
          {t('directories.add')}
        </Button>
      </Empty>
    );
  }
  const wanted = profiles.find(({ id }) => id === route.directoryId);
  const chosen = wanted ?? profiles.find(({ id }) => id === firstDirectory(profiles, views));
  const gone = route.directoryId !== undefined && !wanted;
  return (
    <div className={`${scrolling.page} ${styles.page}`}>
      <div className={scrolling.head}>
        <h1 className={page.title}>{t('directories.title')}</h1>
        <span className={page.spring} />
        <Button icon={<Add20Regular />} onClick={add}>
          {t('directories.add')}
        </Button>
      </div>
      {gone ? <p role="status">{t('directories.gone')}</p> : null}
      {profiles.length > 1 ? (
        <DirectoryList profiles={profiles} views={views} chosen={chosen?.id ?? null} />
      ) : null}
      {chosen ? (
        <DirectoryDetail
          key={chosen.id}
          profile={chosen}
          accountKey={wanted ? (route.accountKey ?? null) : null}
        />
      ) : null}
    </div>
  );
}
