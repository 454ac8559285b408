import type { ReactElement } from 'react';
import type { ReplayAccount, ReplayReport } from '../../../shared/replay';
import table from '../../components/data-table.module.css';
import { Panel } from '../../components/panel';
import { StatusBadge } from '../../components/status-badge';
import { VerdictText, verdictCertainty } from '../../components/verdict-text';
import { useLanguage } from '../../i18n/language';
import tables from '../instance/instance.module.css';
import { sourcesOf } from './report-model';

function Row({ account }: { readonly account: ReplayAccount }): ReactElement {
  const { t, fmt, say } = useLanguage();
  const { shown, more } = sourcesOf(account);
  const { atEnd, verdict } = account;
  return (
    <tr data-account={account.name}>
      <td>
        <div className={tables.accountName}>{account.name}</div>
        <div className={table.minor}>{account.domain ?? account.computer}</div>
      </td>
      <td>
        {atEnd ? <StatusBadge status={atEnd.status} /> : null}
        {atEnd?.status === 'unknown' && atEnd.reasons[0] ? (
          <div className={table.minor}>{say(atEnd.reasons[0])}</div>
        ) : null}
      </td>
      <td className={table.number}>{fmt.number(account.counted)}</td>
      <td className={table.number}>{fmt.number(account.notCounted + account.uncertain)}</td>
      <td className={table.number}>{fmt.number(account.locks)}</td>
      <td className={table.number}>{fmt.number(account.unlocks)}</td>
      <td>
        {verdict ? (
          <>
            <VerdictText verdict={verdict} />
            <div className={table.minor}>{verdictCertainty(verdict, t)}</div>
          </>
        ) : null}
      </td>
      <td>
        {shown}
        {more > 0 ? ` ${t('fleet.more', { count: more })}` : ''}
      </td>
    </tr>
  );
}

const columns = [
  'account',
  'status',
  'counted',
  'notCounted',
  'locks',
  'unlocks',
  'verdict',
  'sources',
] as const;
const figures: readonly string[] = ['counted', 'notCounted', 'locks', 'unlocks'];

export function ReportAccounts({ report }: { readonly report: ReplayReport }): ReactElement {
  const { t } = useLanguage();
  return (
    <Panel title={t('savedLog.accounts')} flush>
      {report.accounts.length === 0 ? (
        <p className={tables.below}>{t('savedLog.accounts.none')}</p>
      ) : (
        <div className={table.scroller}>
          <table className={table.table} aria-label={t('savedLog.accounts')}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th
                    key={column}
                    scope="col"
                    className={figures.includes(column) ? table.number : undefined}
                  >
                    {t(`savedLog.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {report.accounts.map((account) => (
                <Row key={`${account.computer} ${account.key}`} account={account} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {report.accountsLeftOut > 0 ? (
        <p className={`${tables.below} ${table.minor}`}>
          {t('savedLog.accounts.leftOut', { count: report.accountsLeftOut })}
        </p>
      ) : null}
    </Panel>
  );
}
