import type { ReactElement, ReactNode } from 'react';
import type { PolicyView } from '../../../shared/account-status';
import { guessesPerDay } from '../../../shared/trade-off';
import { LearnMore } from '../../components/learn-more';
import pairs from '../../components/pairs.module.css';
import { Panel } from '../../components/panel';
import { Age } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import { Phrases } from './account-details';
import styles from './instance.module.css';
import { tradeoffKey } from './situation-model';

function Meaning({ policy }: { readonly policy: PolicyView }): ReactElement {
  const { t, fmt } = useLanguage();
  const { threshold, observationWindowSeconds, lockoutDurationSeconds } = policy;
  const guesses = guessesPerDay(threshold, observationWindowSeconds, lockoutDurationSeconds);
  const values = {
    count: threshold,
    window: fmt.duration(observationWindowSeconds),
    duration: fmt.duration(lockoutDurationSeconds ?? 0),
  };
  const key = threshold === 0 ? 'never' : lockoutDurationSeconds === null ? 'untilAdmin' : 'auto';
  return (
    <>
      <p className={styles.meaning}>{t(`policy.meaning.${key}`, values)}</p>
      <p className={styles.meaning}>
        {t(tradeoffKey(threshold))}
        {guesses === null ? '' : ` ${t('policy.guesses', { count: guesses })}`}
      </p>
    </>
  );
}

interface PolicyPanelProps {
  readonly policy: PolicyView | null;
  /** What can be done from here, such as a way to the policy's own page. */
  readonly actions?: ReactNode;
}

/** The lockout policy in words, with what it means. */
export function PolicyPanel({ policy, actions }: PolicyPanelProps): ReactElement {
  const { t, fmt } = useLanguage();
  if (policy === null) {
    return (
      <Panel title={t('policy.title')} actions={actions}>
        <p className={styles.meaning}>{t('policy.unknown')}</p>
      </Panel>
    );
  }
  const { threshold, observationWindowSeconds, lockoutDurationSeconds, lockoutAdmins } = policy;
  const never = threshold === 0;
  const admins = { true: 'yes', false: 'no', unknown: 'unknown' }[String(lockoutAdmins)] ?? 'unknown';
  const facts: readonly (readonly [string, string])[] = [
    [
      'policy.threshold',
      never ? t('policy.threshold.never') : t('policy.threshold.value', { count: threshold }),
    ],
    ...(never
      ? []
      : [
          [
            'policy.window',
            t('policy.window.value', { duration: fmt.duration(observationWindowSeconds) }),
          ] as const,
          [
            'policy.duration',
            lockoutDurationSeconds === null
              ? t('policy.duration.untilAdmin')
              : fmt.duration(lockoutDurationSeconds),
          ] as const,
          ['policy.admins', t(`policy.admins.${admins}`)] as const,
        ]),
    ['policy.source', t(`policy.source.${policy.source}`)],
  ];
  return (
    <Panel title={t('policy.title')} actions={actions}>
      <Meaning policy={policy} />
      <dl className={pairs.pairs}>
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{t(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <dt>{t('policy.readAt')}</dt>
        <dd>
          <Age ms={policy.readAtMs} />
        </dd>
      </dl>
      {policy.warnings.length > 0 ? <Phrases phrases={policy.warnings} /> : null}
      <LearnMore place={{ pageId: 'policy' }} about={t('policy.title')} />
    </Panel>
  );
}
