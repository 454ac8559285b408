import { Button } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { InstanceView } from '../../../shared/account-status';
import type { SourceRow } from '../../../shared/evidence-view';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import table from '../../components/data-table.module.css';
import { Failure, Loading, Panel } from '../../components/panel';
import { Age } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import { useSteppedNow } from '../../store/ticker';
import { useLoaded, useThrottled } from '../../store/use-loaded';
import styles from './instance.module.css';
import { type Range, rangeMs } from './timeline-model';

const SHOWN = 8;
const REFRESH_MS = 3000;

function Row({ row }: { readonly row: SourceRow }): ReactElement {
  const { t, fmt } = useLanguage();
  const [first = ''] = row.accounts;
  return (
    <tr>
      <td>
        {row.address ?? <span className={table.minor}>{t('sources.noAddress')}</span>}{' '}
        {row.inferred ? (
          <span className={styles.badge} title={t('sources.inferred.explain')}>
            {t('sources.inferred')}
          </span>
        ) : null}
      </td>
      <td>{row.workstation ?? ''}</td>
      <td className={table.nowrap}>{t(`sources.scope.${row.scope}`)}</td>
      <td className={table.number}>{fmt.number(row.failures)}</td>
      <td title={row.accounts.join(', ')}>
        {row.accounts.length === 0 ? '' : t('sources.accounts', { count: row.accounts.length, first })}
      </td>
      <td className={table.nowrap}>
        <Age ms={row.lastMs} />
      </td>
    </tr>
  );
}

const columns = ['address', 'workstation', 'scope', 'failures', 'accounts', 'last'] as const;

interface Props {
  readonly id: InstanceId;
  readonly view: InstanceView;
  readonly range: Range;
  readonly account: string | null;
}

/** Addresses and workstations that failures came from, the busiest first. */
export function SourcesPanel({ id, view, range, account }: Props): ReactElement {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const events = useThrottled(view.eventsStored, REFRESH_MS);
  const step = Math.max(REFRESH_MS * 5, rangeMs[range] / 60);
  const nowMs = useSteppedNow(step);
  const subject = `${id} ${range} ${account}`;
  const { data, error, reload } = useLoaded(
    () => api.instance.sources({ id, sinceMs: Date.now() - rangeMs[range], account }),
    `${events} ${nowMs}`,
    subject,
  );
  const rows = data === null ? [] : [...data].sort((a, b) => b.failures - a.failures);
  const shown = all ? rows : rows.slice(0, SHOWN);
  const inferred = rows.some((row) => row.inferred);
  return (
    <Panel title={t('sources.title')} flush>
      {error ? (
        <div className={styles.below}>
          <Failure error={error} onRetry={reload} />
        </div>
      ) : null}
      {data === null && !error ? <Loading label={t('common.loading')} /> : null}
      {data !== null && rows.length === 0 ? <p className={styles.below}>{t('sources.empty')}</p> : null}
      {rows.length > 0 ? (
        <div className={table.scroller}>
          <table className={table.table} aria-label={t('sources.title')}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col" className={column === 'failures' ? table.number : undefined}>
                    {t(`sources.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Row key={`${row.address} ${row.workstation} ${row.inferred}`} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {inferred ? <p className={`${styles.below} ${table.minor}`}>{t('sources.inferred.explain')}</p> : null}
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
