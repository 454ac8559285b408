import { Button } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import type { ReactElement } from 'react';
import type { IncidentId } from '../../../shared/incident';
import { api } from '../../api';
import page from '../../components/page.module.css';
import { Empty, Failure, Loading, PracticeBadge } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useLoaded, useThrottled } from '../../store/use-loaded';
import { useMirror, usePractice } from '../../store/window-mirror';
import { History } from './history';
import { IncidentActions } from './incident-actions';
import { IncidentFacts } from './incident-facts';
import { titleOf } from './incident-model';
import { IncidentTimeline } from './incident-timeline';
import styles from './incidents.module.css';
import { SourcesTable } from './sources-table';
import { StateBadge } from './state-badge';

const REFRESH_MS = 3000;

/** One incident: who, where, how many, how long; what was seen and what was done; notes and the way out. */
export function IncidentPage({ id }: { readonly id: IncidentId }): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const live = useMirror((state) => state.base?.incidents.find((one) => one.id === id));
  const key = useThrottled(JSON.stringify(live ?? null), REFRESH_MS);
  const practice = usePractice(live?.instanceId ?? '');
  const { data, error, reload } = useLoaded(() => api.incidents.record({ id }), key, id);
  if (data === null) {
    if (!error) return <Loading label={t('incident.loading')} />;
    if (error.messageKey !== 'error.app.notFound')
      return (
        <div className={styles.page}>
          <Failure error={error} onRetry={reload} />
        </div>
      );
    return (
      <Empty page title={t('incident.missing.title')} text={t('incident.missing.text')}>
        <Button onClick={() => go({ page: 'incidents' })}>{t('incident.back')}</Button>
      </Empty>
    );
  }
  const { joinedInto } = data;
  const summary = live ?? data.summary;
  return (
    <div className={styles.record}>
      <div className={styles.header}>
        <div className={page.toolbar}>
          <Button
            appearance="subtle"
            icon={<ArrowLeft20Regular />}
            aria-label={t('incident.back')}
            title={t('incident.back')}
            onClick={() => go({ page: 'incidents' })}
          />
          <h1 className={`${page.title} ${page.name}`}>{titleOf(summary, t)}</h1>
          <StateBadge incident={summary} />
          {practice ? <PracticeBadge /> : null}
          <span className={page.spring} />
          <IncidentActions incident={summary} onChanged={reload} />
        </div>
      </div>
      <div className={styles.content}>
        {error ? <Failure error={error} onRetry={reload} /> : null}
        {joinedInto !== null ? (
          <p className={styles.hint}>
            {t('incident.joinedInto')}{' '}
            <Button size="small" onClick={() => go({ page: 'incident', incidentId: joinedInto })}>
              {t('incident.joinedInto.open')}
            </Button>
          </p>
        ) : null}
        <IncidentFacts
          incident={summary}
          firstFailureMs={summary.failures > 0 ? (data.timeline?.fromMs ?? null) : null}
        />
        <IncidentTimeline timeline={data.timeline} />
        <div className={styles.split}>
          <History id={id} entries={data.entries} leftOut={data.linesLeftOut} onChanged={reload} />
          <SourcesTable rows={data.sources} />
        </div>
      </div>
    </div>
  );
}
