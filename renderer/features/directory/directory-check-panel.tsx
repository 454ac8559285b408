import { type ReactElement, useState } from 'react';
import { api } from '../../api';
import { CheckFrame } from '../../components/check/check-frame';
import { StepLine, StepList } from '../../components/check/check-steps';
import { type StartCheck, useCheckRun } from '../../components/check/use-check-run';
import { useLanguage } from '../../i18n/language';
import { CertificateDialog } from './certificate-dialog';
import { isDirectoryCheckFinished, useDirectoryCheck, useDirectoryChecks } from './checks';

interface Props {
  readonly intro: string;
  readonly start: StartCheck;
  readonly autoStart?: boolean;
}

/** Runs a directory's connection check step by step; a certificate that is accepted makes it go on from the start. */
export function DirectoryCheckPanel({ intro, start, autoStart = false }: Props): ReactElement {
  const { t } = useLanguage();
  const cancel = (checkId: string): void => void api.directory.cancelCheck({ checkId });
  useDirectoryChecks();
  const run = useCheckRun({ start, cancel, isFinished: isDirectoryCheckFinished, autoStart });
  const report = useDirectoryCheck(run.checkId);
  const [decided, setDecided] = useState<string | null>(null);
  const question = report !== null && decided !== report.checkId ? report.question : null;
  return (
    <CheckFrame
      intro={intro}
      run={run}
      report={report === null ? null : { ...report, question }}
      question={t('directories.check.question')}
    >
      {report === null ? null : (
        <StepList>
          {report.steps.map((step) => (
            <StepLine key={step.id} step={step} name={t(`directories.check.step.${step.id}`)} />
          ))}
        </StepList>
      )}
      {question && report ? (
        <CertificateDialog
          question={question}
          checkId={report.checkId}
          onClose={(decision) => {
            setDecided(report.checkId);
            if (decision === 'pin') run.run();
          }}
        />
      ) : null}
    </CheckFrame>
  );
}
