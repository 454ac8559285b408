import { Button } from '@fluentui/react-components';
import { PlugConnected20Regular } from '@fluentui/react-icons/svg/plug-connected';
import type { ReactElement, ReactNode } from 'react';
import { useLanguage } from '../../i18n/language';
import { Failure } from '../panel';
import styles from './check.module.css';
import { type CheckOutcome, outcomeOf, type StepsReport, warningCount } from './outcome';
import { type CheckRun, useComesIntoSight } from './use-check-run';

interface Props {
  readonly intro: string;
  readonly run: CheckRun;
  /** Null before there is one. */
  readonly report: StepsReport | null;
  /** The sentence about a question that waits, where it is not about a host key. */
  readonly question?: string;
  readonly children: ReactNode;
}

/** A check with its button, what it comes to, and its steps inside. */
export function CheckFrame({ intro, run, report, question, children }: Props): ReactElement {
  const { t } = useLanguage();
  const outcome = report === null ? null : outcomeOf(report);
  const warnings = report === null ? 0 : warningCount(report);
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
