import { Button, Select } from '@fluentui/react-components';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import type { InstanceView } from '../../../shared/account-status';
import type { Timeline } from '../../../shared/evidence-view';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { Failure, Loading, Panel } from '../../components/panel';
import { summarise } from '../../components/timeline/timeline-figures';
import { TimelineTable } from '../../components/timeline/timeline-table';
import { useLanguage } from '../../i18n/language';
import { useSteppedNow } from '../../store/ticker';
import { useLoaded, useThrottled } from '../../store/use-loaded';
import { hasFailed } from './account-model';
import styles from './instance.module.css';
import { BUCKETS, type Range, rangeMs, ranges } from './timeline-model';

const TimelineChart = lazy(async () => ({
  default: (await import('../../components/timeline/timeline-chart')).TimelineChart,
}));

const REFRESH_MS = 2000;

function Summary({ timeline }: { readonly timeline: Timeline }): ReactElement {
  const { t, fmt } = useLanguage();
  const { peak, gaps, ...counts } = summarise(timeline);
  const parts = [t('timeline.summary', { ...counts })];
  if (peak) {
    const duration = fmt.duration(timeline.bucketMs / 1000);
    parts.push(t('timeline.summary.peak', { count: peak.count, duration, time: fmt.time(peak.atMs) }));
  }
  if (gaps > 0) parts.push(t('timeline.summary.gaps', { count: gaps }));
  return <p className={styles.meaning}>{parts.join(' ')}</p>;
}

interface Props {
  readonly id: InstanceId;
  readonly view: InstanceView;
  readonly range: Range;
  readonly account: string | null;
  readonly onRange: (range: Range) => void;
  readonly onAccount: (account: string | null) => void;
}

/** Failures over time with locks, unlocks and gaps: in words, as a chart, and as a table. */
export function TimelinePanel({ id, view, range, account, onRange, onAccount }: Props): ReactElement {
  const { t } = useLanguage();
  const [asTable, setAsTable] = useState(false);
  const events = useThrottled(view.eventsStored, REFRESH_MS);
  const step = Math.max(5000, rangeMs[range] / BUCKETS);
  const nowMs = useSteppedNow(step);
  const { data, error, reload } = useLoaded(
    () => {
      const toMs = Date.now();
      return api.instance.timeline({ id, fromMs: toMs - rangeMs[range], toMs, buckets: BUCKETS, account });
    },
    `${events} ${nowMs}`,
    `${id} ${range} ${account}`,
  );
  const accounts = view.accounts.filter(hasFailed);
  const filters = (
    <div className={styles.filters}>
      <Select
        size="small"
        aria-label={t('failures.of')}
        value={account ?? ''}
        onChange={(_, change) => onAccount(change.value === '' ? null : change.value)}
      >
        <option value="">{t('failures.of.all')}</option>
        {accounts.map((one) => (
          <option key={one.key} value={one.key}>
            {one.name}
          </option>
        ))}
      </Select>
      <Select
        size="small"
        aria-label={t('failures.range')}
        value={range}
        onChange={(_, change) => onRange(change.value as Range)}
      >
        {ranges.map((one) => (
          <option key={one} value={one}>
            {t(`failures.range.${one}`)}
          </option>
        ))}
      </Select>
      <Button size="small" onClick={() => setAsTable(!asTable)}>
        {t(asTable ? 'timeline.asChart' : 'timeline.asTable')}
      </Button>
    </div>
  );
  return (
    <Panel title={t('timeline.title')} actions={filters}>
      {error ? <Failure error={error} onRetry={reload} /> : null}
      {data === null && !error ? <Loading label={t('common.loading')} /> : null}
      {data ? (
        <>
          <Summary timeline={data} />
          {asTable ? (
            <TimelineTable timeline={data} />
          ) : (
            <Suspense fallback={<Loading label={t('common.loading')} />}>
              <TimelineChart timeline={data} />
            </Suspense>
          )}
        </>
      ) : null}
    </Panel>
  );
}
