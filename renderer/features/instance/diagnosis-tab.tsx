import type { ReactElement } from 'react';
import type { InstanceView } from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import table from '../../components/data-table.module.css';
import pairs from '../../components/pairs.module.css';
import { Empty, Failure, Loading, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import type { ShownStatus } from '../../status/shown-status';
import { useLoaded } from '../../store/use-loaded';
import { Phrases } from './account-details';
import styles from './instance.module.css';
import { clockInWords } from './instance-header';

function BrokenRecords({ id, count }: { readonly id: InstanceId; readonly count: number }): ReactElement {
  const { t, fmt } = useLanguage();
  const { data, error, reload } = useLoaded(() => api.instance.brokenRecords({ id }), String(count), id);
  const columns = ['channel', 'reason', 'excerpt'] as const;
  return (
    <Panel title={t('diagnosis.broken')} flush>
      <p className={styles.below}>
        {count === 0 ? t('diagnosis.broken.none') : t('diagnosis.broken.text', { count })}
      </p>
      {error ? (
        <div className={styles.below}>
          <Failure error={error} onRetry={reload} />
        </div>
      ) : null}
      {data === null && !error ? <Loading label={t('common.loading')} /> : null}
      {data && data.length > 0 ? (
        <div className={table.scroller}>
          <table className={table.table} aria-label={t('diagnosis.broken')}>
            <thead>
              <tr>
                <th scope="col">{t('diagnosis.broken.time', { zone: fmt.zone(Date.now()) })}</th>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`diagnosis.broken.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.map((record, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: broken records have no identity, and the list is replaced whole
                <tr key={index}>
                  <td className={table.nowrap}>{fmt.dateTime(record.atMs)}</td>
                  <td>{record.channel}</td>
                  <td>{record.reason}</td>
                  <td>
                    <code className={styles.excerpt}>{record.excerpt}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Panel>
  );
}

interface Props {
  readonly id: InstanceId;
  readonly view: InstanceView | undefined;
  readonly shown: ShownStatus;
}

/** What the reading rests on and what speaks against it. */
export function DiagnosisTab({ id, view, shown }: Props): ReactElement {
  const language = useLanguage();
  const { t, fmt } = language;
  if (!view) return <Empty title={t('accounts.empty.title')} text={t('accounts.empty.text')} />;
  const facts = [
    ['instance.connection', t(`instance.connection.${view.connection}`)],
    ['instance.lastRead', shown.checkedAtMs === null ? t('instance.neverRead') : fmt.full(shown.checkedAtMs)],
    ['diagnosis.auditing', t(`diagnosis.auditing.${view.auditing}`)],
    ['instance.clock', clockInWords(view.clockOffsetMs, language)],
    ['diagnosis.events', fmt.number(view.eventsStored)],
    ['diagnosis.broken', fmt.number(view.brokenRecords)],
  ] as const;
  return (
    <>
      {view.failure ? (
        <Panel title={t('diagnosis.failure')}>
          <Failure error={view.failure} />
        </Panel>
      ) : null}
      <div className={styles.split}>
        <Panel title={t('diagnosis.doubts')}>
          {view.doubts.length > 0 ? (
            <Phrases phrases={view.doubts} />
          ) : (
            <p className={styles.meaning}>{t('diagnosis.doubts.none')}</p>
          )}
        </Panel>
        <Panel title={t('diagnosis.facts')}>
          <dl className={pairs.pairs}>
            {facts.map(([label, value]) => (
              <div key={label} style={{ display: 'contents' }}>
                <dt>{t(label)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      </div>
      <BrokenRecords id={id} count={view.brokenRecords} />
    </>
  );
}
