import { Button } from '@fluentui/react-components';
import { type ReactElement, useDeferredValue, useState } from 'react';
import { Empty, Failure, Loading } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import styles from './audit.module.css';
import { AuditDetail } from './audit-detail';
import { AuditGrid } from './audit-grid';
import { isFiltered, noFilter } from './audit-model';
import { AuditToolbar } from './audit-toolbar';
import { ChainState } from './chain-state';
import { useAudit } from './use-audit';

/** Everything that was done, why and with what outcome, and whether the record is whole. */
export function AuditPage(): ReactElement {
  const { t } = useLanguage();
  const [filter, setFilter] = useState(noFilter);
  const [selected, setSelected] = useState<number | null>(null);
  const search = useDeferredValue(filter.search);
  const audit = useAudit({ ...filter, search });
  const { rows, total, breaks, known, loading, error } = audit;
  const row = rows.find((one) => one.seq === selected);
  return (
    <div className={styles.page}>
      <AuditToolbar
        filter={filter}
        onFilter={setFilter}
        shown={rows.length}
        total={total}
        onExported={audit.reload}
      />
      {known ? <ChainState breaks={breaks} /> : null}
      {error ? <Failure error={error} onRetry={audit.reload} /> : null}
      {!known && loading ? <Loading label={t('trail.loading')} /> : null}
      {known && rows.length === 0 && !error ? (
        isFiltered(filter) ? (
          <Empty title={t('trail.noMatch.title')} text={t('trail.noMatch.text')}>
            <Button onClick={() => setFilter(noFilter)}>{t('trail.noMatch.clear')}</Button>
          </Empty>
        ) : (
          <Empty title={t('trail.empty.title')} text={t('trail.empty.text')} />
        )
      ) : null}
      {rows.length > 0 ? (
        <div className={styles.split} data-detail={row !== undefined}>
          <AuditGrid
            rows={rows}
            total={total}
            selected={selected}
            onSelect={setSelected}
            onNearEnd={error ? () => undefined : audit.loadMore}
          />
          {row ? <AuditDetail row={row} onClose={() => setSelected(null)} /> : null}
        </div>
      ) : null}
    </div>
  );
}
