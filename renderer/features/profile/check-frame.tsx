import { Button } from '@fluentui/react-components';
import { PlugConnected20Regular } from '@fluentui/react-icons/svg/plug-connected';
import type { ReactElement, ReactNode } from 'react';
import { Failure } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import type { CheckOutcome } from './check-model';
import styles from './profile.module.css';
import { type CheckRun, useComesIntoSight } from './use-check-run';

interface Props {
  readonly intro: string;
  readonly run: CheckRun;
  /** What the report comes to; null before there is one. */
  readonly outcome: CheckOutcome | null;
  readonly warnings: number;
  /** The sentence about a question that waits, where it is not about a host key. */
  readonly question?: string;
  readonly children: ReactNode;
}

/** A check with its button, what it comes to, and its steps inside. */
export function CheckFrame({ intro, run, outcome, warnings, question, children }: Props): ReactElement {
  const { t } = useLanguage();
  const { checkId, starting, error, incomplete } = run;
  const running = starting || (checkId !== null && (outcome === null || outcome === 'running'));
  const panel = useComesIntoSight(outcome !== null);
  const said = (of: CheckOutcome): string =>
    of === 'question' && question !== undefined ? question : t(`profile.check.${of}`, { count: warnings });
  return (
    <section ref={panel} className={styles.check} aria-label={t('profile.check.title')}>
      <p className={styles.intro}>{intro}</p>
      <div className={styles.checkActions}>
        {running ? (
          <Button onClick={run.stop}>{t('profile.check.cancel')}</Button>
        ) : (
          <Button icon={<PlugConnected20Regular />} onClick={run.run}>
            {t(outcome === null ? 'profile.check.start' : 'profile.check.again')}
          </Button>
        )}
        <span className={styles.outcome} role="status">
          {incomplete ? t('profile.check.invalid') : null}
          {running ? t('profile.check.running') : null}
          {outcome !== null && outcome !== 'running' ? said(outcome) : null}
        </span>
      </div>
      {error === null ? null : <Failure error={error} />}
      {children}
    </section>
  );
}
