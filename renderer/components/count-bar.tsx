import type { ReactElement } from 'react';
import type { AccountView } from '../../shared/account-status';
import type { Language } from '../i18n/language';
import { useLanguage } from '../i18n/language';
import { fill } from '../status/account-order';
import styles from './count-bar.module.css';

type Counted = Pick<AccountView, 'badPasswordCount' | 'threshold' | 'countCertainty'>;

/** The count in words: against its threshold, and as an upper bound or a guess where it is one. */
function countInWords(account: Counted, t: Language['t']): string {
  const { badPasswordCount: count, threshold, countCertainty } = account;
  if (count === null) return t('count.unknown');
  if (threshold === null) return t('count.noPolicy', { count });
  if (threshold === 0) return t('count.noLimit', { count });
  const key = { exact: 'count.of', atMost: 'count.atMost', uncertain: 'count.uncertain' }[countCertainty];
  return t(key, { count, threshold });
}

export function CountBar({ account }: { readonly account: Counted }): ReactElement {
  const { t } = useLanguage();
  const fraction = fill(account);
  return (
    <span className={styles.count}>
      <span className={styles.words}>{countInWords(account, t)}</span>
      {fraction === null ? null : (
        <span className={styles.track} aria-hidden="true">
          <span
            className={`${styles.fill} ${fraction >= 1 ? styles.full : ''}`}
            style={{ display: 'block', width: `${fraction * 100}%` }}
          />
        </span>
      )}
    </span>
  );
}
