import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactElement, useCallback, useEffect, useRef } from 'react';
import { Grid, GridCell, GridRow } from '../../components/grid';
import { StatusBadge } from '../../components/status-badge';
import { useLanguage } from '../../i18n/language';
import { deleteInstance } from '../../shell/actions';
import { useUi } from '../../store/ui';
import styles from './fleet.module.css';
import { FleetHead } from './fleet-head';
import type { FleetItem } from './fleet-model';
import { FleetRowView } from './fleet-row';

const ROW_PX = 50;
const HEADER_PX = 34;

const keyOf = (item: FleetItem): string => (item.kind === 'row' ? item.row.id : item.key);

/** How far an arrow or paging key moves; null for other keys. */
function step(key: string, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return Number.NEGATIVE_INFINITY;
    case 'End':
      return Number.POSITIVE_INFINITY;
    default:
      return null;
  }
}

interface HeaderProps {
  readonly item: Extract<FleetItem, { kind: 'header' }>;
  readonly focusable: boolean;
  readonly start: number;
  readonly index: number;
  readonly onToggle: (key: string) => void;
}

function GroupHeader({ item, focusable, start, index, onToggle }: HeaderProps): ReactElement {
  const { t } = useLanguage();
  const isStatus = item.key.startsWith('status:');
  const title = isStatus ? t(`status.${item.group}`) : item.group || t('fleet.noGroup');
  return (
    <GridRow
      aria-rowindex={index + 2}
      aria-expanded={!item.collapsed}
      aria-level={1}
      tabIndex={focusable ? 0 : -1}
      data-fleet-focus={focusable}
      data-index={index}
      className={styles.groupRow}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onToggle(item.key)}
    >
      <GridCell aria-colspan={8} className={styles.line}>
        {item.collapsed ? <ChevronRight16Regular /> : <ChevronDown16Regular />}
        {title}
        <span className={styles.groupCount}>{t('fleet.total', { total: item.count })}</span>
        {isStatus ? null : <StatusBadge status={item.worst} />}
      </GridCell>
    </GridRow>
  );
}

/** The list itself: only the rows in sight exist, and one of them is in the tab order. */
export function FleetGrid({ items }: { readonly items: readonly FleetItem[] }): ReactElement {
  const { t } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const activeId = useUi((state) => state.fleet.activeId);
  const setFleet = useUi((state) => state.setFleet);
  const go = useUi((state) => state.go);
  const found = items.findIndex((item) => keyOf(item) === activeId);
  const active = found === -1 ? 0 : found;

  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'header' ? HEADER_PX : ROW_PX),
    getItemKey: (index) => {
      const item = items[index];
      return item ? keyOf(item) : index;
    },
    overscan: 6,
    // The row with the focus stays in the page however far it is scrolled away, or the focus would be lost.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      if (active < items.length && !shown.includes(active)) shown.push(active);
      return shown.sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes depend on what kind of item is where
  useEffect(() => virtualizer.measure(), [items, virtualizer]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list appears
  useEffect(() => {
    // Back from an instance, the row that led there is in sight and has the focus again.
    if (found === -1) return;
    virtualizer.scrollToIndex(found);
    const frame = requestAnimationFrame(() => {
      if (document.activeElement?.tagName !== 'MAIN') return;
      scroller.current
        ?.querySelector<HTMLElement>('[data-fleet-focus="true"]')
        ?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  const toggle = useCallback(
    (key: string): void => {
      const { collapsed } = useUi.getState().fleet;
      const next = collapsed.includes(key) ? collapsed.filter((one) => one !== key) : [...collapsed, key];
      setFleet({ collapsed: next, activeId: key });
    },
    [setFleet],
  );
  const open = useCallback(
    (id: string): void => {
      setFleet({ activeId: id });
      go({ page: 'instance', instanceId: id, accountKey: null });
    },
    [go, setFleet],
  );

  const focusIndex = (index: number): void => {
    const item = items[index];
    if (!item) return;
    setFleet({ activeId: keyOf(item) });
    virtualizer.scrollToIndex(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true }),
    );
  };

  const grouped = items.some((item) => item.kind === 'header');
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const onRow = event.target instanceof HTMLElement && event.target.dataset.index !== undefined;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_PX) / ROW_PX) - 1);
    const by = step(event.key, page);
    const item = items[active];
    if (by !== null && onRow) focusIndex(Math.min(items.length - 1, Math.max(0, active + by)));
    else if (event.key === 'Enter' && onRow && item) {
      if (item.kind === 'row') open(item.row.id);
      else toggle(item.key);
    } else if (
      (event.key === 'ArrowLeft' || event.key === 'ArrowRight') &&
      onRow &&
      item?.kind === 'header'
    ) {
      if (item.collapsed === (event.key === 'ArrowRight')) toggle(item.key);
    } else if (event.key === 'Delete' && onRow && item?.kind === 'row') {
      void deleteInstance(t, item.row.id, item.row.profile.name);
    } else return;
    event.preventDefault();
  };

  return (
    <Grid
      tree={grouped}
      className={styles.grid}
      aria-label={t('fleet.list')}
      aria-rowcount={items.length + 1}
      aria-colcount={8}
      onKeyDown={onKeyDown}
    >
      <FleetHead />
      <div className={styles.body} ref={scroller} role="presentation">
        <div className={styles.canvas} style={{ height: virtualizer.getTotalSize() }} role="presentation">
          {virtualizer.getVirtualItems().map(({ index, start, key }) => {
            const item = items[index];
            if (!item) return null;
            return item.kind === 'header' ? (
              <GroupHeader
                key={key}
                item={item}
                focusable={index === active}
                start={start}
                index={index}
                onToggle={toggle}
              />
            ) : (
              <FleetRowView
                key={key}
                row={item.row}
                start={start}
                index={index}
                focusable={index === active}
                active={item.row.id === activeId}
                grouped={grouped}
                onOpen={open}
              />
            );
          })}
        </div>
      </div>
    </Grid>
  );
}
