import { Button, Input, Select } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { type ReactElement, useDeferredValue, useState } from 'react';
import type { InstanceView } from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import table from '../../components/data-table.module.css';
import { Empty, Failure, Loading, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { hasFailed } from './account-model';
import { type EvidenceFilter, evidenceKinds } from './evidence-model';
import { EvidenceRowView } from './evidence-row';
import styles from './instance.module.css';
import { useEvidence } from './use-evidence';

const choices = ['telling', 'all', ...evidenceKinds] as const;
const columns = ['event', 'kind', 'account', 'source', 'explanation'] as const;

interface Props {
  readonly id: InstanceId;
  readonly view: InstanceView | undefined;
}

/** The stored events as they are, newest first, each opening to its fields. */
export function EvidenceTab({ id, view }: Props): ReactElement {
  const { t, fmt } = useLanguage();
  const [filter, setFilter] = useState<EvidenceFilter>({ kind: 'telling', account: null, text: '' });
  const text = useDeferredValue(filter.text);
  const evidence = useEvidence(id, { ...filter, text }, view?.eventsStored ?? 0);
  const { rows, more, loading, error, newer } = evidence;
  const accounts = view?.accounts.filter(hasFailed) ?? [];
  const filters = (
    <div className={styles.filters}>
      <Input
        size="small"
        type="search"
        aria-label={t('evidence.search')}
        placeholder={t('evidence.search.placeholder')}
        contentBefore={<Search20Regular />}
        maxLength={200}
        value={filter.text}
        onChange={(_, data) => setFilter({ ...filter, text: data.value })}
      />
      <Select
        size="small"
        aria-label={t('evidence.kind')}
        value={filter.kind}
        onChange={(_, data) =>
          setFilter({ ...filter, kind: choices.find((kind) => kind === data.value) ?? 'telling' })
        }
      >
        {choices.map((kind) => (
          <option key={kind} value={kind}>
            {t(`evidence.kind.${kind}`)}
          </option>
        ))}
      </Select>
      <Select
        size="small"
        aria-label={t('failures.of')}
        value={filter.account ?? ''}
        onChange={(_, data) => setFilter({ ...filter, account: data.value === '' ? null : data.value })}
      >
        <option value="">{t('failures.of.all')}</option>
        {accounts.map((account) => (
          <option key={account.key} value={account.key}>
            {account.name}
          </option>
        ))}
      </Select>
    </div>
  );
  return (
    <Panel title={t('evidence.title')} actions={filters} flush>
      {newer ? (
        <div className={styles.below}>
          <Button size="small" onClick={evidence.reload}>
            {t('evidence.newer')}
          </Button>
        </div>
      ) : null}
      {error ? (
        <div className={styles.below}>
          <Failure error={error} onRetry={evidence.reload} />
        </div>
      ) : null}
      {rows.length === 0 && loading ? <Loading label={t('common.loading')} /> : null}
      {rows.length === 0 && !loading && !error ? (
        <Empty title={t('evidence.empty.title')} text={t('evidence.empty.text')} />
      ) : null}
      {rows.length > 0 ? (
        <>
          <div className={table.scroller}>
            <table className={table.table} aria-label={t('evidence.title')}>
              <thead>
                <tr>
                  <th scope="col">{t('evidence.column.time', { zone: fmt.zone(Date.now()) })}</th>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {t(`evidence.column.${column}`)}
                    </th>
                  ))}
                  <th scope="col">
                    <span className="visually-hidden">{t('accounts.column.details')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <EvidenceRowView key={row.id} row={row} />
                ))}
              </tbody>
            </table>
          </div>
          <div className={styles.below}>
            {more ? (
              <Button disabledFocusable={loading} onClick={evidence.loadMore}>
                {t('evidence.more')}
              </Button>
            ) : (
              <span className={table.minor}>{t('evidence.end')}</span>
            )}
          </div>
        </>
      ) : null}
    </Panel>
  );
}
