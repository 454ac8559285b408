import type { ReactElement } from 'react';
import type { CheckReport } from '../../../shared/check';
import { api } from '../../api';
import { CheckFrame } from '../../components/check/check-frame';
import { StepLine, StepList } from '../../components/check/check-steps';
import { type StartCheck, useCheckRun } from '../../components/check/use-check-run';
import { useLanguage } from '../../i18n/language';
import { isFinished, useCheckReport } from '../../store/checks';
import { HostKeyDialog } from './host-key-dialog';

/** Steps name their hop only where there is more than one on the way. */
const hasSeveralHops = (report: CheckReport): boolean =>
  new Set(report.steps.map((step) => step.hop)).size > 1;

function Steps({ report }: { readonly report: CheckReport }): ReactElement {
  const { t } = useLanguage();
  const showHop = hasSeveralHops(report);
  return (
    <StepList>
      {report.steps.map((step) => (
        <StepLine
          key={`${step.hop}-${step.id}`}
          step={step}
          name={t(`check.step.${step.id}`)}
          place={showHop ? t(`profile.check.hop.${step.hop}`) : null}
        />
      ))}
    </StepList>
  );
}

interface Props {
  readonly intro: string;
  readonly start: StartCheck;
  readonly autoStart?: boolean;
}

/** Runs a connection check and shows it step by step; leaving the panel stops a check that still runs. */
export function CheckPanel({ intro, start, autoStart = false }: Props): ReactElement {
  const cancel = (checkId: string): void => void api.check.cancel({ checkId });
  const run = useCheckRun({ start, cancel, isFinished, autoStart });
  const report = useCheckReport(run.checkId);
  const question = report?.hostKeyQuestion ?? null;
  return (
    <CheckFrame intro={intro} run={run} report={report === null ? null : { ...report, question }}>
      {report === null ? null : <Steps report={report} />}
      {question === null ? null : (
        <HostKeyDialog question={question} checkId={run.checkId} onClose={() => undefined} />
      )}
    </CheckFrame>
  );
}
