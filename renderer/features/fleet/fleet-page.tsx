import { Button } from '@fluentui/react-components';
import { type ReactElement, useDeferredValue, useEffect, useMemo } from 'react';
import { Empty } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useSteppedNow } from '../../store/ticker';
import { initialFleetView, useUi } from '../../store/ui';
import { useMirror, useSettings } from '../../store/window-mirror';
import styles from './fleet.module.css';
import { FleetGrid } from './fleet-grid';
import { arrange, countByStatus, fleetRows } from './fleet-model';
import { FleetToolbar } from './fleet-toolbar';

/** Rows are evaluated anew this often; countdowns and ages inside them run on their own. */
const EVALUATE_MS = 5000;

/** Read by whoever measures how soon the list can be used: the frame with its rows has been handed over. */
function markInteractive(): void {
  requestAnimationFrame(() => performance.mark('fleet-interactive'));
}

/** Every watched instance, the worst first. */
export function FleetPage(): ReactElement {
  const { t } = useLanguage();
  const profiles = useMirror((state) => state.base?.profiles);
  const fleet = useMirror((state) => state.fleet);
  const windowStale = useMirror((state) => state.stale);
  const { staleAfterSeconds } = useSettings();
  const view = useUi((state) => state.fleet);
  const setFleet = useUi((state) => state.setFleet);
  const nowMs = useSteppedNow(EVALUATE_MS);
  const search = useDeferredValue(view.search);

  const rows = useMemo(
    () => fleetRows({ profiles: profiles ?? [], fleet, nowMs, staleAfterSeconds, windowStale }),
    [profiles, fleet, nowMs, staleAfterSeconds, windowStale],
  );
  const items = useMemo(() => arrange(rows, { ...view, search }), [rows, view, search]);
  const counts = useMemo(() => countByStatus(rows), [rows]);
  const shown = items.reduce(
    (sum, item) => sum + (item.kind === 'row' ? 1 : item.collapsed ? item.count : 0),
    0,
  );

  useEffect(markInteractive, []);

  return (
    <div className={styles.page}>
      <FleetToolbar counts={counts} shown={shown} total={rows.length} />
      {items.length === 0 ? (
        <div className={styles.grid}>
          <Empty title={t('fleet.empty.title')} text={t('fleet.empty.text')}>
            <Button
              onClick={() =>
                setFleet({
                  ...initialFleetView,
                  groupBy: view.groupBy,
                  sort: view.sort,
                  activeId: view.activeId,
                })
              }
            >
              {t('fleet.filter.clear')}
            </Button>
          </Empty>
        </div>
      ) : (
        <FleetGrid items={items} />
      )}
    </div>
  );
}
