import type { ReactElement } from 'react';
import { api } from '../../api';
import { isFinished, useCheckReport } from '../../store/checks';
import { CheckFrame } from './check-frame';
import { outcomeOf, warningCount } from './check-model';
import { CheckSteps } from './check-steps';
import { HostKeyDialog } from './host-key-dialog';
import { type StartCheck, useCheckRun } from './use-check-run';

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
  const outcome = report === null ? null : outcomeOf({ ...report, question: report.hostKeyQuestion });
  return (
    <CheckFrame
      intro={intro}
      run={run}
      outcome={outcome}
      warnings={report === null ? 0 : warningCount(report)}
    >
      {report === null ? null : <CheckSteps report={report} />}
      {report?.hostKeyQuestion ? (
        <HostKeyDialog question={report.hostKeyQuestion} checkId={run.checkId} onClose={() => undefined} />
      ) : null}
    </CheckFrame>
  );
}
