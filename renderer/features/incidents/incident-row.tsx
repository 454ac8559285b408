import type { ReactElement } from 'react';
import type { IncidentSummary } from '../../../shared/incident';
import page from '../../components/page.module.css';
import { PracticeBadge } from '../../components/panel';
import { Age } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { usePractice } from '../../store/window-mirror';
import { accountsInShort, titleOf } from './incident-model';
import styles from './incidents.module.css';
import { StateBadge } from './state-badge';

/** One incident of the list; it leads to its page. */
export function IncidentRow({ incident }: { readonly incident: IncidentSummary }): ReactElement {
  const { t, fmt } = useLanguage();
  const go = useUi((state) => state.go);
  const practice = usePractice(incident.instanceId);
  const { id, instanceName, openedAtMs, closedAtMs, failures, addresses, lastEvidenceAtMs } = incident;
  const when =
    closedAtMs === null
      ? t('incidents.row.since', { time: fmt.full(openedAtMs) })
      : t('incidents.row.closed', { from: fmt.dateTime(openedAtMs), to: fmt.full(closedAtMs) });
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-state={incident.state}
        onClick={() => go({ page: 'incident', incidentId: id })}
      >
        <span className={styles.rowHead}>
          <StateBadge incident={incident} />
          <span className={styles.rowTitle}>{titleOf(incident, t)}</span>
          {practice ? <PracticeBadge /> : null}
          <span className={page.spring} />
          <span className={styles.minor}>
            {t('incident.fact.lastEvidence')}: <Age ms={lastEvidenceAtMs} />
          </span>
        </span>
        <span className={styles.rowFacts}>
          <span>{instanceName}</span>
          <span>{accountsInShort(incident, t)}</span>
          <span>{t(`verdict.${incident.verdict.kind}`)}</span>
          <span className="tabular">{t('incidents.row.numbers', { failures, addresses })}</span>
          <span className="tabular">{when}</span>
        </span>
      </button>
    </li>
  );
}
