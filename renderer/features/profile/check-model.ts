import type { CheckReport, CheckStep } from '../../../shared/check';

export type CheckOutcome = 'running' | 'question' | 'passed' | 'warnings' | 'failed' | 'stopped';

/** What a report of steps comes to, so far. A check without a finish is running, unless a question waits for the admin. */
export function outcomeOf(report: {
  readonly steps: readonly Pick<CheckStep, 'state'>[];
  readonly finishedAtMs: number | null;
  readonly question: unknown;
}): CheckOutcome {
  if (report.question !== null) return 'question';
  if (report.steps.some((step) => step.state === 'failed')) {
    return report.finishedAtMs === null ? 'running' : 'failed';
  }
  if (report.finishedAtMs === null) return 'running';
  if (report.steps.some((step) => step.state === 'waiting' || step.state === 'running')) return 'stopped';
  return report.steps.some((step) => step.state === 'warning') ? 'warnings' : 'passed';
}

export const warningCount = (report: { readonly steps: readonly Pick<CheckStep, 'state'>[] }): number =>
  report.steps.filter((step) => step.state === 'warning').length;

/** Steps name their hop only where there is more than one on the way. */
export const hasSeveralHops = (report: CheckReport): boolean =>
  new Set(report.steps.map((step) => step.hop)).size > 1;
