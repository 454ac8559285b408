import type { ChecklistPartId } from '../../../../shared/checklist';

/** The runbook's page about each part. */
export const runbookPages: Readonly<Record<ChecklistPartId, string>> = {
  originalsRecorded: 'step-isolate',
  isolated: 'step-isolate',
  consoleOpened: 'step-unlock',
  ctrlAltDel: 'step-unlock',
  passwordReset: 'step-unlock',
  consoleSignIn: 'step-unlock',
  accountUnlocked: 'step-unlock',
  staleCredentials: 'stale-credentials',
  trustedRule: 'step-restore',
  rdpAnswers: 'step-verify',
  accountClear: 'step-verify',
  signedInAgain: 'step-verify',
  quiet: 'step-verify',
};
