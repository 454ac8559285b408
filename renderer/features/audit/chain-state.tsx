import { CheckmarkCircle16Regular } from '@fluentui/react-icons/svg/checkmark-circle';
import { ShieldError16Filled } from '@fluentui/react-icons/svg/shield-error';
import type { ReactElement } from 'react';
import type { AuditBreak } from '../../../shared/audit';
import { useLanguage } from '../../i18n/language';
import styles from './audit.module.css';
import { breakKey } from './audit-model';

/** Whether every row still fits the one before it; where not, the place. */
export function ChainState({ breaks }: { readonly breaks: readonly AuditBreak[] }): ReactElement {
  const { t } = useLanguage();
  if (breaks.length === 0) {
    return (
      <p className={styles.chain}>
        <span className={styles.icon} aria-hidden="true">
          <CheckmarkCircle16Regular />
        </span>
        {t('trail.chain.intact')}
      </p>
    );
  }
  return (
    <div className={styles.broken} role="alert">
      <span className={styles.icon} aria-hidden="true">
        <ShieldError16Filled />
      </span>
      <div>
        <strong>{t('trail.chain.broken', { count: breaks.length })}</strong>
        <ul className={styles.list}>
          {breaks.map((one) => (
            <li key={breakKey(one)}>{t(`notice.audit.${one.kind}`, { file: one.file, line: one.line })}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
