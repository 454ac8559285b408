import type { ReactElement } from 'react';
import { useLanguage } from '../../i18n/language';
import { blindSpot } from '../../status/blind-spot';
import styles from './fleet.module.css';
import type { FleetRow } from './fleet-model';

/** That no account is failing, or that an instance would not show it. */
export function NoneFailing({ row }: { readonly row: FleetRow }): ReactElement {
  const { t, say } = useLanguage();
  const blind = row.view ? blindSpot(row.view) : null;
  if (blind === null) return <span className={styles.minor}>{t('fleet.noAccountsFailing')}</span>;
  return (
    <>
      <div className={styles.ellipsis}>{t('fleet.noAccountLocked')}</div>
      <div className={`${styles.minor} ${styles.ellipsis}`} title={say(blind)}>
        {say(blind)}
      </div>
    </>
  );
}
