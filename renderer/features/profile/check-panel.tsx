import { Button } from '@fluentui/react-components';
import { PlugConnected20Regular } from '@fluentui/react-icons/svg/plug-connected';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { Result } from '../../../shared/result';
import { api } from '../../api';
import { Failure } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { isFinished, useCheckReport } from '../../store/checks';
import { outcomeOf, warningCount } from './check-model';
import { CheckSteps } from './check-steps';
import { HostKeyDialog } from './host-key-dialog';
import styles from './profile.module.css';

interface Props {
  readonly intro: string;
  /** Starts a check; null when what is entered is not complete yet. */
  readonly start: () => Promise<Result<{ checkId: string }>> | null;
  readonly autoStart?: boolean;
}

/** Runs a connection check and shows it step by step; leaving the panel stops a check that still runs. */
export function CheckPanel({ intro, start, autoStart = false }: Props): ReactElement {
  const { t } = useLanguage();
  const [checkId, setCheckId] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [incomplete, setIncomplete] = useState(false);
  const report = useCheckReport(checkId);
  const outcome = report === null ? null : outcomeOf(report);
  const running = starting || (checkId !== null && (outcome === null || outcome === 'running'));
  // What holds at once, not with the next rendering: the panel may be left or stopped between the two.
  const live = useRef<{ checkId: string | null; unwanted: boolean; gone: boolean }>({
    checkId: null,
    unwanted: false,
    gone: false,
  });
  const cancel = (id: string | null): void => {
    if (id !== null && !isFinished(id)) void api.check.cancel({ checkId: id });
  };

  const run = async (): Promise<void> => {
    const request = start();
    setIncomplete(request === null);
    if (request === null) return;
    live.current = { checkId: null, unwanted: false, gone: false };
    setStarting(true);
    setError(null);
    setCheckId(null);
    const answer = await request;
    if (answer.ok) {
      live.current.checkId = answer.value.checkId;
      if (live.current.gone || live.current.unwanted) cancel(answer.value.checkId);
    }
    if (live.current.gone) return;
    setStarting(false);
    if (answer.ok) setCheckId(answer.value.checkId);
    else setError(answer.error);
  };
  const stop = (): void => {
    live.current.unwanted = true;
    cancel(live.current.checkId);
  };

  const panel = useRef<HTMLElement>(null);
  const begun = report !== null;
  useEffect(() => {
    // In the form the check is below everything else: its steps come into sight when they appear.
    if (begun) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [begun]);

  const started = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the panel appears
  useEffect(() => {
    if (autoStart && !started.current) {
      started.current = true;
      void run();
    }
    live.current.gone = false;
    return () => {
      live.current.gone = true;
      cancel(live.current.checkId);
    };
  }, []);

  return (
    <section ref={panel} className={styles.check} aria-label={t('profile.check.title')}>
      <p className={styles.intro}>{intro}</p>
      <div className={styles.checkActions}>
        {running ? (
          <Button onClick={stop}>{t('profile.check.cancel')}</Button>
        ) : (
          <Button icon={<PlugConnected20Regular />} onClick={() => void run()}>
            {t(report === null ? 'profile.check.start' : 'profile.check.again')}
          </Button>
        )}
        <span className={styles.outcome} role="status">
          {incomplete ? t('profile.check.invalid') : null}
          {running ? t('profile.check.running') : null}
          {report !== null && outcome !== null && outcome !== 'running'
            ? t(`profile.check.${outcome}`, { count: warningCount(report) })
            : null}
        </span>
      </div>
      {error === null ? null : <Failure error={error} />}
      {report === null ? null : <CheckSteps report={report} />}
      {report?.hostKeyQuestion ? (
        <HostKeyDialog question={report.hostKeyQuestion} checkId={checkId} onClose={() => undefined} />
      ) : null}
    </section>
  );
}
