import type { ReactElement } from 'react';
import type { Verification } from '../../../shared/isolation';
import pairs from '../../components/pairs.module.css';
import { Age } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import styles from './isolation.module.css';
import { MarkBadge } from './isolation-badge';
import { asSentence } from './plan-model';
import { RemainingPathText } from './remaining-paths';
import type { InstanceIsolation } from './state';
import { markOf } from './status-model';

/** What reading again and knocking at the port gave; said apart from what it cannot tell. */
export function VerificationText({ verification }: { readonly verification: Verification }): ReactElement {
  const { t, say } = useLanguage();
  const { verdict, probe, atMs, reasons, remaining } = verification;
  const certain = remaining.filter((path) => path.certain);
  return (
    <>
      {t(`isolate.verified.${verdict}`)} <Age ms={atMs} />
      {'. '}
      {t(`isolate.probe.${probe}`)}
      {reasons.map((reason) => ` ${asSentence(say(reason))}`)}
      {certain.map((path) => (
        <span key={JSON.stringify(path)}>
          {' '}
          <RemainingPathText path={path} />
        </span>
      ))}
    </>
  );
}

const Fact = ({ label, children }: { readonly label: string; readonly children: React.ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
);

function Entry({ entry }: { readonly entry: NonNullable<InstanceIsolation['entry']> }): ReactElement {
  const { t, fmt } = useLanguage();
  const { admin, createdAtMs, reason, incident, strategy, trusted, verification } = entry;
  return (
    <dl className={`${pairs.pairs} ${pairs.below}`}>
      <Fact label={t('isolate.fact.by')}>{admin || t('isolate.fact.unnamed')}</Fact>
      <Fact label={t('isolate.fact.at')}>{fmt.full(createdAtMs)}</Fact>
      <Fact label={t('isolate.fact.reason')}>{reason || t('isolate.fact.none')}</Fact>
      {incident === '' ? null : <Fact label={t('isolate.fact.incident')}>{incident}</Fact>}
      <Fact label={t('isolate.fact.strategy')}>{t(`isolate.strategy.${strategy}`)}</Fact>
      {trusted.length === 0 ? null : (
        <Fact label={t('isolate.fact.trusted')}>
          <code>{trusted.join(', ')}</code>
        </Fact>
      )}
      <Fact label={t('isolate.fact.verified')}>
        {verification ? <VerificationText verification={verification} /> : t('isolate.fact.notVerified')}
      </Fact>
    </dl>
  );
}

function Foreign({ foreign }: { readonly foreign: NonNullable<InstanceIsolation['foreign']> }): ReactElement {
  const { t } = useLanguage();
  const { by, at, reason, incident, trusted, groupIds } = foreign;
  return (
    <>
      <p className={styles.text}>{t('isolate.foreign.text')}</p>
      <dl className={`${pairs.pairs} ${pairs.below}`}>
        <Fact label={t('isolate.fact.by')}>{by || t('isolate.fact.unnamed')}</Fact>
        <Fact label={t('isolate.fact.at')}>{at || t('isolate.fact.none')}</Fact>
        <Fact label={t('isolate.fact.reason')}>{reason || t('isolate.fact.none')}</Fact>
        {incident === '' ? null : <Fact label={t('isolate.fact.incident')}>{incident}</Fact>}
        {trusted.length === 0 ? null : (
          <Fact label={t('isolate.fact.trusted')}>
            <code>{trusted.join(', ')}</code>
          </Fact>
        )}
        <Fact label={t('isolate.fact.groups')}>
          <code>{groupIds.join(', ')}</code>
        </Fact>
      </dl>
    </>
  );
}

/** Who isolated it, when, why, how, and whether that was read again. */
export function IsolationFacts({ view }: { readonly view: InstanceIsolation }): ReactElement | null {
  const { t, say } = useLanguage();
  const mark = markOf(view);
  if (!mark && !view.attention) return null;
  return (
    <div className={styles.state} data-tone={mark?.tone ?? 'warning'}>
      {mark ? (
        <div className={styles.stateHead}>
          <MarkBadge mark={mark} />
          <span>{t(`isolate.mark.${mark.kind}.long`)}</span>
        </div>
      ) : null}
      {view.attention ? (
        <p className={styles.attention} role="alert">
          {say(view.attention)}
        </p>
      ) : null}
      {mark && view.entry ? <Entry entry={view.entry} /> : null}
      {view.foreign ? <Foreign foreign={view.foreign} /> : null}
    </div>
  );
}
