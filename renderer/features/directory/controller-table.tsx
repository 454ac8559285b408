import { Fragment, type ReactElement } from 'react';
import type { ControllerRow, ControllerTable } from '../../../shared/directory';
import table from '../../components/data-table.module.css';
import { StatusBadge } from '../../components/status-badge';
import { useLanguage } from '../../i18n/language';
import { Phrases } from '../instance/account-details';
import styles from './directory.module.css';
import { type Freshness, shownRow } from './directory-model';

const columns = [
  'controller',
  'status',
  'raw',
  'count',
  'lastBad',
  'lockoutTime',
  'passwordSet',
  'lastLogon',
  'answers',
] as const;
const numbers: readonly string[] = ['raw', 'count'];

function Instant({ row, ms }: { readonly row: ControllerRow; readonly ms: number | null }): ReactElement {
  const { t, fmt } = useLanguage();
  if (ms !== null) return <time dateTime={new Date(ms).toISOString()}>{fmt.full(ms)}</time>;
  return <span className={table.minor}>{row.answers ? t('common.never') : ''}</span>;
}

function Lockout({ row }: { readonly row: ControllerRow }): ReactElement {
  const { t, fmt } = useLanguage();
  const { lockoutTimeMs, autoUnlockAtMs, lockedUntilAdmin, status } = row;
  return (
    <>
      <Instant row={row} ms={lockoutTimeMs} />
      {status === 'locked' && (lockedUntilAdmin || autoUnlockAtMs !== null) ? (
        <div className={table.minor}>
          {autoUnlockAtMs === null
            ? t('directories.table.untilAdmin')
            : t('directories.table.opens', { time: fmt.time(autoUnlockAtMs) })}
        </div>
      ) : null}
    </>
  );
}

function Row({ row, fresh }: { readonly row: ControllerRow; readonly fresh: Freshness }): ReactElement {
  const { t, fmt, say } = useLanguage();
  const { host, site, readOnly, truth, answers, failure, roundTripMs, differences } = row;
  const shown = shownRow(row, fresh);
  const count = (value: number | null): string =>
    value === null ? (answers ? t('status.unknown') : '') : fmt.number(value);
  const more = differences.length > 0 || failure !== null;
  const hold = { 'data-truth': truth, 'data-continued': more };
  return (
    <>
      <tr data-controller={host} data-status={shown.status} {...hold}>
        <th scope="row">
          <span className={styles.rowName}>{host}</span>
          {truth ? (
            <span className={styles.mark} data-mark="truth">
              {t(answers ? 'directories.table.truth' : 'directories.table.decides')}
            </span>
          ) : null}{' '}
          {readOnly ? <span className={styles.mark}>{t('directories.controllers.readOnly')}</span> : null}
          <div className={table.minor}>{site}</div>
        </th>
        <td>
          <StatusBadge status={shown.status} />
          {truth || !answers ? null : <div className={table.minor}>{t('directories.table.alone')}</div>}
          {shown.lastKnown && shown.reason ? <div className={table.minor}>{say(shown.reason)}</div> : null}
        </td>
        <td className={table.number}>{count(row.rawCount)}</td>
        <td className={table.number}>{count(row.badPasswordCount)}</td>
        <td>
          <Instant row={row} ms={row.lastBadPasswordAtMs} />
        </td>
        <td>
          <Lockout row={row} />
        </td>
        <td>
          <Instant row={row} ms={row.passwordSetAtMs} />
        </td>
        <td>
          <Instant row={row} ms={row.lastLogonAtMs} />
        </td>
        <td>
          {answers ? (
            t('directories.table.yes', { ms: Math.round(roundTripMs ?? 0) })
          ) : (
            <span className={styles.warningText}>{t('directories.table.no')}</span>
          )}
        </td>
      </tr>
      {more ? (
        <tr data-truth={truth}>
          <td
            className={styles.why}
            colSpan={columns.length}
            aria-label={t('directories.table.differences', { host })}
          >
            {failure ? <p>{t(failure.messageKey, failure.params)}</p> : null}
            {differences.length > 0 ? <Phrases phrases={differences} /> : null}
          </td>
        </tr>
      ) : null}
    </>
  );
}

interface Props {
  readonly answer: ControllerTable;
  readonly fresh: Freshness;
  readonly busy: boolean;
}

/** What every controller holds of one account, the PDC emulator first; below a row, why it differs from the truth. */
export function ControllerTableView({ answer, fresh, busy }: Props): ReactElement {
  const { t } = useLanguage();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    <section className={table.scroller} tabIndex={0} aria-label={t('directories.table.column.controller')}>
      <table
        className={`${table.table} ${table.breaking} ${styles.table}`}
        aria-label={t('directories.table.label', { name: answer.account.name })}
        aria-busy={busy}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={numbers.includes(column) ? table.number : undefined}>
                {t(`directories.table.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => (
            <Fragment key={row.host}>
              <Row row={row} fresh={fresh} />
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}
