import type { ReactElement } from 'react';
import type { ReplayReport } from '../../../shared/replay';
import table from '../../components/data-table.module.css';
import pairs from '../../components/pairs.module.css';
import { Failure, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import tables from '../instance/instance.module.css';
import { ReportAccounts } from './report-accounts';
import { eventIds, fileName, ignoredTotal } from './report-model';
import { ReportMarks, ReportSamples, ReportSources } from './report-tables';
import styles from './saved-log.module.css';

function Summary({ report }: { readonly report: ReplayReport }): ReactElement {
  const { t, fmt } = useLanguage();
  const { failures, policy, firstAtMs, lastAtMs } = report;
  const figures = [
    ['savedLog.counted', failures.counted],
    ['savedLog.notCounted', failures.notCounted],
    ['savedLog.uncertain', failures.uncertain],
    ['savedLog.ignored', ignoredTotal(report)],
  ] as const;
  const facts = [
    ['savedLog.locks', t('savedLog.locks.value', { locks: report.locks, unlocks: report.unlocks })],
    ['savedLog.computers', report.computers.join(', ')],
    ['savedLog.withoutAddress', fmt.number(report.failuresWithoutAddress)],
    ['savedLog.broken', fmt.number(report.broken.count)],
    ['savedLog.duplicates', fmt.number(report.duplicates)],
    ['savedLog.size', fmt.bytes(report.bytes)],
    ['savedLog.encoding', report.encoding ?? t('common.unknown')],
    ['savedLog.policy', policy ? t('savedLog.policy.value', policy) : t('savedLog.policy.none')],
  ] as const;
  return (
    <Panel title={t('savedLog.report', { file: fileName(report.file) })}>
      {report.problem ? <Failure error={report.problem} /> : null}
      <p className={tables.meaning}>
        {t('savedLog.events', { count: report.events })}
        {firstAtMs !== null && lastAtMs !== null
          ? `, ${t('savedLog.span', { from: fmt.full(firstAtMs), to: fmt.full(lastAtMs) })}`
          : ''}
      </p>
      <h3 className={styles.subtitle}>{t('savedLog.failures')}</h3>
      <dl className={styles.figures}>
        {figures.map(([label, value]) => (
          <div key={label} className={styles.figure}>
            <dt>{t(label)}</dt>
            <dd>{fmt.number(value)}</dd>
          </div>
        ))}
      </dl>
      <dl className={pairs.pairs}>
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{t(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function EventIds({ report }: { readonly report: ReplayReport }): ReactElement {
  const { t, fmt } = useLanguage();
  return (
    <Panel title={t('savedLog.eventIds')} flush>
      <table className={table.table} aria-label={t('savedLog.eventIds')}>
        <thead>
          <tr>
            <th scope="col">{t('savedLog.column.id')}</th>
            <th scope="col" className={table.number}>
              {t('savedLog.column.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {eventIds(report).map(([id, count]) => (
            <tr key={id}>
              <td className="tabular">{id}</td>
              <td className={table.number}>{fmt.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** Everything that one saved log says. */
export function ReportView({ report }: { readonly report: ReplayReport }): ReactElement {
  return (
    <>
      <Summary report={report} />
      <ReportAccounts report={report} />
      <div className={styles.two}>
        <div className={styles.column}>
          <ReportMarks report={report} />
          <ReportSources report={report} />
        </div>
        <EventIds report={report} />
      </div>
      <ReportSamples report={report} />
    </>
  );
}
