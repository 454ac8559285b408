import type { ReactElement } from 'react';
import type { ReplayReport } from '../../../shared/replay';
import table from '../../components/data-table.module.css';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import tables from '../instance/instance.module.css';

interface Props {
  readonly report: ReplayReport;
}

export function ReportMarks({ report }: Props): ReactElement | null {
  const { t, fmt } = useLanguage();
  if (report.marks.length === 0) return null;
  return (
    <Panel title={t('savedLog.marks')} flush>
      <div className={table.scroller}>
        <table className={table.table} aria-label={t('savedLog.marks')}>
          <thead>
            <tr>
              <th scope="col">{t('savedLog.column.time', { zone: fmt.zone(report.marks[0]?.atMs ?? 0) })}</th>
              <th scope="col">{t('savedLog.column.event')}</th>
              <th scope="col">{t('savedLog.column.computer')}</th>
              <th scope="col" className={table.number}>
                {t('savedLog.column.record')}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.marks.map((mark) => (
              <tr key={`${mark.computer} ${mark.recordId}`}>
                <td className={table.nowrap}>{fmt.dateTime(mark.atMs)}</td>
                <td>
                  {t(`savedLog.mark.${mark.kind}`, { account: mark.account })}
                  {mark.by === null
                    ? ''
                    : `, ${t(mark.kind === 'lock' ? 'savedLog.mark.caller' : 'savedLog.mark.by', { by: mark.by })}`}
                </td>
                <td>{mark.computer}</td>
                <td className={table.number}>{mark.recordId}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

export function ReportSources({ report }: Props): ReactElement | null {
  const { t, fmt } = useLanguage();
  if (report.sources.length === 0) return null;
  return (
    <Panel title={t('savedLog.sources')} flush>
      <div className={table.scroller}>
        <table className={table.table} aria-label={t('savedLog.sources')}>
          <thead>
            <tr>
              <th scope="col">{t('sources.column.address')}</th>
              <th scope="col">{t('sources.column.scope')}</th>
              <th scope="col" className={table.number}>
                {t('sources.column.failures')}
              </th>
              <th scope="col">{t('sources.column.last')}</th>
            </tr>
          </thead>
          <tbody>
            {report.sources.map((source) => (
              <tr key={source.address}>
                <td>
                  {source.address ?? t('sources.noAddress')}{' '}
                  {source.inferred > 0 ? (
                    <span className={tables.badge} title={t('sources.inferred.explain')}>
                      {t('sources.inferred')}
                    </span>
                  ) : null}
                </td>
                <td>{t(`sources.scope.${source.scope}`)}</td>
                <td className={table.number}>{fmt.number(source.failures)}</td>
                <td className={table.nowrap}>{fmt.dateTime(source.lastMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** Broken records and gaps: what the report could not rest on. */
export function ReportSamples({ report }: Props): ReactElement | null {
  const { t, fmt, say } = useLanguage();
  const { gaps, broken } = report;
  if (gaps.length === 0 && broken.samples.length === 0) return null;
  return (
    <>
      {gaps.length > 0 ? (
        <Panel title={t('savedLog.gaps')}>
          <ul className={tables.list}>
            {gaps.map((gap) => (
              <li key={`${gap.computer} ${gap.channel} ${gap.atMs} ${gap.reason}`}>
                {fmt.full(gap.atMs)}: {gap.computer}.{' '}
                {say({ key: `lockout.reason.gap.${gap.reason}`, params: { channel: gap.channel } })}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {broken.samples.length > 0 ? (
        <Panel title={t('savedLog.samples')}>
          <ul className={tables.list}>
            {broken.samples.map((sample, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: broken records have no identity
              <li key={index}>
                {sample.reason}
                <code className={tables.excerpt}>{sample.excerpt}</code>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  );
}
