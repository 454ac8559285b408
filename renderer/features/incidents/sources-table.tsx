import { Button } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { SourceRow } from '../../../shared/evidence-view';
import table from '../../components/data-table.module.css';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import styles from './incidents.module.css';

const SHOWN = 10;

/** Where the failures of an incident came from, the busiest first. */
export function SourcesTable({ rows }: { readonly rows: readonly SourceRow[] }): ReactElement {
  const { t, fmt } = useLanguage();
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, SHOWN);
  return (
    <Panel title={t('incident.sources')} flush>
      {rows.length === 0 ? (
        <p className={styles.below}>{t('incident.sources.none')}</p>
      ) : (
        <div className={table.scroller}>
          <table className={`${table.table} ${table.breaking}`} aria-label={t('incident.sources')}>
            <thead>
              <tr>
                <th scope="col">{t('sources.column.address')}</th>
                <th scope="col">{t('sources.column.workstation')}</th>
                <th scope="col" className={table.number}>
                  {t('sources.column.failures')}
                </th>
                <th scope="col">{t('sources.column.accounts')}</th>
                <th scope="col">{t('sources.column.last')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={`${row.address} ${row.workstation}`}>
                  <td>
                    {row.address ?? <span className={table.minor}>{t('sources.noAddress')}</span>}
                    <div className={table.minor}>
                      {t(`sources.scope.${row.scope}`)}
                      {row.inferred ? ` · ${t('sources.inferred')}` : ''}
                    </div>
                  </td>
                  <td>{row.workstation ?? ''}</td>
                  <td className={table.number}>{fmt.number(row.failures)}</td>
                  <td title={row.accounts.join(', ')}>
                    {row.accounts.length === 0
                      ? ''
                      : t('sources.accounts', { count: row.accounts.length, first: row.accounts[0] ?? '' })}
                  </td>
                  <td className={table.nowrap} title={fmt.full(row.lastMs)}>
                    {fmt.dateTime(row.lastMs)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > SHOWN ? (
        <div className={styles.below}>
          <Button size="small" onClick={() => setAll(!all)}>
            {all ? t('sources.fewer') : t('sources.more', { count: rows.length })}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}
