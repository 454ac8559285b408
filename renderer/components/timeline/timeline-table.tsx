import type { ReactElement } from 'react';
import type { Timeline } from '../../../shared/evidence-view';
import { useLanguage } from '../../i18n/language';
import styles from '../data-table.module.css';
import { type TimelineRow, timelineRows } from './timeline-figures';

function Row({ row }: { readonly row: TimelineRow }): ReactElement {
  const { t, fmt } = useLanguage();
  if (row.kind === 'bucket') {
    return (
      <tr>
        <td className={styles.nowrap}>{fmt.dateTime(row.atMs)}</td>
        <td className={styles.number}>{fmt.number(row.counted)}</td>
        <td className={styles.number}>{fmt.number(row.notCounted)}</td>
        <td />
      </tr>
    );
  }
  const account = row.account ?? t('timeline.mark.someAccount');
  return (
    <tr>
      <td className={styles.nowrap}>{fmt.dateTime(row.atMs)}</td>
      <td />
      <td />
      <td className={styles.strong}>{t(`timeline.mark.${row.kind}`, { account })}</td>
    </tr>
  );
}

/** The chart's figures for those who cannot see it or want them exactly. */
export function TimelineTable({ timeline }: { readonly timeline: Timeline }): ReactElement {
  const { t, fmt } = useLanguage();
  const rows = timelineRows(timeline);
  if (rows.length === 0) return <p className={styles.none}>{t('timeline.table.empty')}</p>;
  return (
    <div className={styles.scroller}>
      <table className={`${styles.table} ${styles.breaking}`} aria-label={t('timeline.title')}>
        <thead>
          <tr>
            <th scope="col">{t('timeline.table.time', { zone: fmt.zone(timeline.toMs) })}</th>
            <th scope="col" className={styles.number}>
              {t('timeline.table.counted')}
            </th>
            <th scope="col" className={styles.number}>
              {t('timeline.table.notCounted')}
            </th>
            <th scope="col">{t('timeline.table.event')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two marks may share their time, kind and account
            <Row key={`${row.kind}${row.atMs}${index}`} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
