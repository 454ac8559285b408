import { Button } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons/svg/dismiss';
import type { ReactElement } from 'react';
import type { AuditRow } from '../../../shared/audit';
import { useLanguage } from '../../i18n/language';
import styles from './audit.module.css';

interface Props {
  readonly row: AuditRow;
  readonly onClose: () => void;
}

/** Everything that a row holds. */
export function AuditDetail({ row, onClose }: Props): ReactElement {
  const { t, fmt } = useLanguage();
  const { instance } = row;
  const fields: readonly (readonly [string, string])[] = [
    ['at', fmt.full(row.atMs)],
    ['outcome', t(`audit.outcome.${row.outcome}`)],
    ['admin', row.admin],
    ['instance', instance?.name ?? ''],
    ['instanceId', instance?.instanceId ?? ''],
    ['region', instance?.region ?? ''],
    ['reason', row.reason],
    ['incident', row.incident],
    ['before', row.before],
    ['after', row.after],
    ['error', row.error ?? ''],
    ['requestIds', row.requestIds.join('\n')],
    ['entry', row.entryId ?? ''],
    ['previous', row.previous],
    ['hash', row.hash],
  ];
  const title = t('trail.detail', { seq: row.seq, action: t(`audit.action.${row.action}`) });
  return (
    <aside className={styles.detail} aria-label={title}>
      <div className={styles.detailHead}>
        <h2 className={styles.subtitle}>{title}</h2>
        <Button
          appearance="subtle"
          size="small"
          icon={<Dismiss20Regular />}
          aria-label={t('trail.detail.close')}
          onClick={onClose}
        />
      </div>
      <dl className={styles.fields} tabIndex={0}>
        {fields
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{t(`audit.column.${name}`)}</dt>
              <dd data-long={name === 'hash' || name === 'previous' || name === 'requestIds'}>{value}</dd>
            </div>
          ))}
      </dl>
    </aside>
  );
}
