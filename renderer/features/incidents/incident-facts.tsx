import type { ReactElement, ReactNode } from 'react';
import type { IncidentSummary } from '../../../shared/incident';
import { Panel } from '../../components/panel';
import { Age } from '../../components/time';
import { verdictCertainty } from '../../components/verdict-text';
import { useLanguage } from '../../i18n/language';
import { useTicking } from '../../store/ticker';
import { useProfile } from '../../store/window-mirror';
import { lastedSeconds } from './incident-model';
import styles from './incidents.module.css';

const SHOWN = 8;

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface Props {
  readonly incident: IncidentSummary;
  /** When the failures that belong to it began; null while that is not known. */
  readonly firstFailureMs: number | null;
}

/** Who, where, how many, how long. */
export function IncidentFacts({ incident, firstFailureMs }: Props): ReactElement {
  const { t, fmt } = useLanguage();
  const { accounts, verdict, openedAtMs, closedAtMs, closedBy, state } = incident;
  const gone = useProfile(incident.instanceId) === undefined;
  const lasted = useTicking((nowMs) => fmt.duration(lastedSeconds(incident, nowMs)));
  const failures = fmt.number(incident.failures);
  const certainty = verdictCertainty(verdict, t);
  return (
    <Panel title={t('incident.facts')}>
      <dl className={styles.facts}>
        <Fact label={t('incident.fact.where')}>
          {incident.instanceName}
          {gone ? <div className={styles.minor}>{t('incident.instance.gone')}</div> : null}
        </Fact>
        <Fact label={t('incident.fact.who')}>
          <ul className={styles.plain}>
            {accounts.slice(0, SHOWN).map(({ key, name, everLocked }) => (
              <li key={key}>{everLocked ? t('incident.account.locked', { name }) : name}</li>
            ))}
            {accounts.length > SHOWN ? (
              <li>{t('incident.accounts.more', { count: accounts.length - SHOWN })}</li>
            ) : null}
          </ul>
        </Fact>
        <Fact label={t('incident.fact.verdict')}>
          {t(`verdict.${verdict.kind}`)}
          {certainty === '' ? null : <span className={styles.minor}> {certainty}</span>}
          <ul className={styles.reasons}>
            {verdict.reasons.map(({ key, params }) => (
              <li key={key}>{t(key, params)}</li>
            ))}
          </ul>
        </Fact>
        <Fact label={t('incident.fact.opened')}>
          <span className="tabular">{fmt.full(openedAtMs)}</span>
        </Fact>
        <Fact label={t(state === 'open' ? 'incident.fact.lasts' : 'incident.fact.lasted')}>
          <span className="tabular">{lasted}</span>
        </Fact>
        {closedAtMs === null ? (
          <Fact label={t('incident.fact.lastEvidence')}>
            <Age ms={incident.lastEvidenceAtMs} />
          </Fact>
        ) : (
          <Fact label={t('incident.fact.ended')}>
            <span className="tabular">{fmt.full(closedAtMs)}</span>
            <div className={styles.minor}>{t(`incident.closedBy.${closedBy ?? 'hand'}`)}</div>
          </Fact>
        )}
        <Fact label={t('incident.fact.failures')}>
          <span className="tabular">
            {firstFailureMs === null
              ? failures
              : t('incident.fact.failures.since', { failures, time: fmt.full(firstFailureMs) })}
          </span>
        </Fact>
        <Fact label={t('incident.fact.addresses')}>
          <span className="tabular">{fmt.number(incident.addresses)}</span>
        </Fact>
      </dl>
    </Panel>
  );
}
