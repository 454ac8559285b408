import { ArrowSortDown16Regular } from '@fluentui/react-icons/svg/arrow-sort-down';
import { ArrowSortUp16Regular } from '@fluentui/react-icons/svg/arrow-sort-up';
import type { ReactElement } from 'react';
import { GridColumnHeader, GridRow } from '../../components/grid';
import { useLanguage } from '../../i18n/language';
import { type SortColumn, useUi } from '../../store/ui';
import styles from './fleet.module.css';

const columns: readonly { readonly id: string; readonly sort: SortColumn | null }[] = [
  { id: 'status', sort: 'status' },
  { id: 'name', sort: 'name' },
  { id: 'accounts', sort: null },
  { id: 'count', sort: 'count' },
  { id: 'next', sort: 'next' },
  { id: 'verdict', sort: 'verdict' },
  { id: 'checked', sort: 'checked' },
];

/** The column headers; a click sorts, another click turns the order round. */
export function FleetHead(): ReactElement {
  const { t } = useLanguage();
  const sort = useUi((state) => state.fleet.sort);
  const setFleet = useUi((state) => state.setFleet);
  return (
    <GridRow aria-rowindex={1} className={`${styles.cells} ${styles.head}`}>
      {columns.map(({ id, sort: column }) => {
        const sorted = column !== null && sort.column === column;
        const direction = sorted ? (sort.descending ? 'descending' : 'ascending') : undefined;
        return (
          <GridColumnHeader
            key={id}
            aria-sort={direction}
            className={id === 'verdict' ? styles.verdictCell : undefined}
          >
            {column === null ? (
              <span className={styles.plainHead}>{t(`fleet.column.${id}`)}</span>
            ) : (
              <button
                type="button"
                className={styles.sort}
                onClick={() => setFleet({ sort: { column, descending: sorted && !sort.descending } })}
              >
                {t(`fleet.column.${id}`)}
                {sorted ? sort.descending ? <ArrowSortDown16Regular /> : <ArrowSortUp16Regular /> : null}
              </button>
            )}
          </GridColumnHeader>
        );
      })}
      <GridColumnHeader>
        <span className="visually-hidden">{t('fleet.column.actions')}</span>
      </GridColumnHeader>
    </GridRow>
  );
}
