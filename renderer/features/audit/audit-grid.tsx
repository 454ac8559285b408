import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { AuditRow } from '../../../shared/audit';
import { Grid, GridCell, GridColumnHeader, GridRow } from '../../components/grid';
import { useLanguage } from '../../i18n/language';
import styles from './audit.module.css';
import { changeOf, outcomeTone } from './audit-model';

const ROW_PX = 44;
/** This near the end the next page is asked for. */
const AHEAD_ROWS = 20;
const columns = ['at', 'action', 'outcome', 'instance', 'admin', 'reason'] as const;

interface Props {
  readonly rows: readonly AuditRow[];
  readonly total: number;
  readonly selected: number | null;
  readonly onSelect: (seq: number) => void;
  readonly onNearEnd: () => void;
}

function steps(key: string, page: number): number | null {
  const by: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  return by[key] ?? null;
}

/** The rows in sight, newest first; one of them is in the tab order. */
export function AuditGrid({ rows, total, selected, onSelect, onNearEnd }: Props): ReactElement {
  const { t, fmt } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.seq ?? index,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const nearEnd = useRef(onNearEnd);
  nearEnd.current = onNearEnd;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - AHEAD_ROWS) nearEnd.current();
  }, [last, rows.length]);

  const focus = (index: number): void => {
    setActive(index);
    virtualizer.scrollToIndex(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true }),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_PX) / ROW_PX) - 1);
    const by = steps(event.key, page);
    const row = rows[active];
    if (by !== null) focus(Math.min(rows.length - 1, Math.max(0, active + by)));
    else if ((event.key === 'Enter' || event.key === ' ') && row) onSelect(row.seq);
    else return;
    event.preventDefault();
  };
  return (
    <Grid
      tree={false}
      className={styles.grid}
      aria-label={t('trail.list')}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      onKeyDown={onKeyDown}
    >
      <GridRow aria-rowindex={1} className={`${styles.cells} ${styles.headRow}`}>
        {columns.map((column) => (
          <GridColumnHeader key={column} className={styles.ellipsis}>
            {column === 'reason' ? t('trail.column.what') : t(`audit.column.${column}`)}
          </GridColumnHeader>
        ))}
      </GridRow>
      <div className={styles.body} ref={scroller} role="presentation">
        <div className={styles.canvas} style={{ height: virtualizer.getTotalSize() }} role="presentation">
          {items.map(({ index, start, key }) => {
            const row = rows[index];
            if (!row) return null;
            const { instance } = row;
            return (
              <GridRow
                key={key}
                aria-rowindex={index + 2}
                aria-selected={row.seq === selected}
                tabIndex={index === active ? 0 : -1}
                data-index={index}
                className={`${styles.cells} ${styles.row}`}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => {
                  setActive(index);
                  onSelect(row.seq);
                }}
              >
                <GridCell className={styles.cell}>
                  <div className="tabular">{fmt.dateTime(row.atMs)}</div>
                  <div className={styles.minor}>{t('trail.row', { seq: row.seq })}</div>
                </GridCell>
                <GridCell
                  className={`${styles.cell} ${styles.ellipsis}`}
                  title={t(`audit.action.${row.action}`)}
                >
                  {t(`audit.action.${row.action}`)}
                </GridCell>
                <GridCell className={styles.cell}>
                  <span className={styles.outcome} data-tone={outcomeTone(row.outcome)}>
                    {t(`audit.outcome.${row.outcome}`)}
                  </span>
                </GridCell>
                <GridCell className={styles.cell}>
                  <div className={styles.ellipsis}>{instance?.name ?? ''}</div>
                  <div className={`${styles.minor} ${styles.ellipsis}`}>{instance?.instanceId ?? ''}</div>
                </GridCell>
                <GridCell className={`${styles.cell} ${styles.ellipsis}`}>{row.admin}</GridCell>
                <GridCell className={styles.cell}>
                  <div className={styles.ellipsis}>{row.reason || changeOf(row)}</div>
                  <div className={`${styles.minor} ${styles.ellipsis}`}>
                    {[row.incident, row.reason === '' ? '' : changeOf(row)].filter(Boolean).join(' · ')}
                  </div>
                </GridCell>
              </GridRow>
            );
          })}
        </div>
      </div>
    </Grid>
  );
}
