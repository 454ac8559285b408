import { Button } from '@fluentui/react-components';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import type { Timeline } from '../../../shared/evidence-view';
import { Loading, Panel } from '../../components/panel';
import { TimelineTable } from '../../components/timeline/timeline-table';
import { useLanguage } from '../../i18n/language';
import styles from './incidents.module.css';

const TimelineChart = lazy(async () => ({
  default: (await import('../../components/timeline/timeline-chart')).TimelineChart,
}));

/** The incident's failures over time, as a chart or a table. */
export function IncidentTimeline({ timeline }: { readonly timeline: Timeline | null }): ReactElement {
  const { t } = useLanguage();
  const [asTable, setAsTable] = useState(false);
  const any =
    timeline !== null &&
    (timeline.marks.length > 0 || [...timeline.counted, ...timeline.notCounted].some((count) => count > 0));
  return (
    <Panel
      title={t('incident.timeline')}
      actions={
        any ? (
          <Button size="small" onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'timeline.asChart' : 'timeline.asTable')}
          </Button>
        ) : undefined
      }
    >
      {!any || timeline === null ? (
        <p className={styles.none}>{t('incident.timeline.none')}</p>
      ) : asTable ? (
        <TimelineTable timeline={timeline} />
      ) : (
        <Suspense fallback={<Loading label={t('common.loading')} />}>
          <TimelineChart timeline={timeline} />
        </Suspense>
      )}
    </Panel>
  );
}
