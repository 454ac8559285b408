import {
  CheckmarkCircle16Regular,
  CheckmarkCircle20Filled,
} from '@fluentui/react-icons/svg/checkmark-circle';
import { Circle16Regular } from '@fluentui/react-icons/svg/circle';
import { DismissCircle16Regular, DismissCircle20Filled } from '@fluentui/react-icons/svg/dismiss-circle';
import { QuestionCircle20Regular } from '@fluentui/react-icons/svg/question-circle';
import { ShieldLock20Filled } from '@fluentui/react-icons/svg/shield-lock';
import { Warning20Filled } from '@fluentui/react-icons/svg/warning';
import type { ReactElement } from 'react';
import type { RdpProof } from '../../../shared/rdp';
import { Age } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import { CertificateFacts } from './certificate-facts';
import styles from './rdp.module.css';
import { stepsOf, type Tone, toneOf } from './rdp-model';

const icons: Readonly<Record<Tone, ReactElement>> = {
  good: <CheckmarkCircle20Filled />,
  warning: <Warning20Filled />,
  bad: <DismissCircle20Filled />,
  unknown: <QuestionCircle20Regular />,
};

const stepIcons = {
  passed: <CheckmarkCircle16Regular />,
  failed: <DismissCircle16Regular />,
  notReached: <Circle16Regular />,
};

function Steps({ proof }: { readonly proof: RdpProof }): ReactElement {
  const { t } = useLanguage();
  // Without encryption chosen there is none to make.
  const wanted = stepsOf(proof).filter((step) => step !== 'encrypt' || proof.security !== 'standard');
  return (
    <ol className={styles.steps} aria-label={t('rdp.steps')}>
      {wanted.map((name) => {
        const done = proof.steps.find(({ step }) => step === name);
        const state = done === undefined ? 'notReached' : done.passed ? 'passed' : 'failed';
        return (
          <li key={name} className={styles.step} data-state={state}>
            <span aria-hidden="true">{stepIcons[state]}</span>
            {t(`rdp.step.${name}`)}
            <span className="visually-hidden">{t(`rdp.step.state.${state}`)}</span>
            {done ? <span className="tabular">{t('rdp.ms', { ms: done.ms })}</span> : null}
          </li>
        );
      })}
    </ol>
  );
}

/** What one look proved, in words, with its reasons, its steps and the certificate. */
export function ProofView({ proof }: { readonly proof: RdpProof }): ReactElement {
  const { t, say } = useLanguage();
  const tone = toneOf(proof);
  const { verdict, via, host, port, roundTripMs, certificate } = proof;
  return (
    <article
      className={styles.proof}
      data-tone={tone}
      data-verdict={verdict}
      data-via={via}
      aria-label={t(`rdp.via.${via}`)}
    >
      <span className={styles.icon} aria-hidden="true">
        {verdict === 'closedByRule' ? <ShieldLock20Filled /> : icons[tone]}
      </span>
      <div className={styles.said}>
        <div>
          <p className={styles.headline}>{t(`rdp.verdict.${verdict}`)}</p>
          <p className={styles.minor}>
            {t(`rdp.looked.${via}`, { host, port })} <Age ms={proof.atMs} />
            {roundTripMs === null ? null : `, ${t('rdp.roundTrip', { ms: roundTripMs })}`}
          </p>
        </div>
        <ul className={styles.reasons}>
          {proof.reasons.map((reason) => (
            <li key={reason.key}>{say(reason)}</li>
          ))}
        </ul>
        <Steps proof={proof} />
        {certificate ? <CertificateFacts id={proof.instanceId} certificate={certificate} /> : null}
      </div>
    </article>
  );
}
