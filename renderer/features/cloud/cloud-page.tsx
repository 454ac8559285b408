import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons/svg/add';
import type { ReactElement } from 'react';
import page from '../../components/page.module.css';
import { Empty, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import { useCloudAccounts } from '../isolation/state';
import { AccountList } from './account-list';
import styles from './cloud.module.css';
import { DiscoveryPanel } from './discovery-panel';
import { ImportPanel } from './import-panel';
import { PolicyPanel } from './policy-panel';

/** Keys for the cloud, what they must be allowed to do, and the instances that they see. */
export function CloudPage(): ReactElement {
  const { t } = useLanguage();
  const accounts = useCloudAccounts();
  const openDialog = useUi((state) => state.openDialog);
  const vault = useMirror((state) => state.base?.vault.kind ?? 'os');
  const add = (): void => openDialog({ kind: 'cloudAccount', id: null });
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={page.title}>{t('cloud.title')}</h1>
        <span className={page.spring} />
        <Button appearance="primary" icon={<Add20Regular />} onClick={add}>
          {t('cloud.add')}
        </Button>
      </div>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Panel title={t('cloud.accounts')}>
            {accounts.length === 0 ? (
              <Empty title={t('cloud.empty.title')} text={t('cloud.empty.text')} />
            ) : (
              <AccountList accounts={accounts} />
            )}
            <p className={styles.note}>{t(`cloud.vault.${vault}`)}</p>
          </Panel>
          {accounts.length === 0 ? null : <DiscoveryPanel accounts={accounts} />}
        </div>
        <div className={styles.column}>
          <ImportPanel />
          <PolicyPanel />
        </div>
      </div>
    </div>
  );
}
