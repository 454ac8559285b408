import type { CheckStep } from '../../../shared/check';

export type CheckOutcome = 'running' | 'question' | 'passed' | 'warnings' | 'failed' | 'stopped';

/** A report of steps, so far. */
export interface StepsReport {
  readonly steps: readonly Pick<CheckStep, 'state'>[];
  readonly finishedAtMs: number | null;
  /** What the admin is asked, if something is. */
  readonly question: unknown;
}

/** What a report comes to, so far. A check without a finish is running, unless a question waits for the admin. */
export function outcomeOf(report: StepsReport): CheckOutcome {
  if (report.question !== null) return 'question';
  if (report.steps.some((step) => step.state === 'failed')) {
    return report.finishedAtMs === null ? 'running' : 'failed';
  }
  if (report.finishedAtMs === null) return 'running';
  if (report.steps.some((step) => step.state === 'waiting' || step.state === 'running')) return 'stopped';
  return report.steps.some((step) => step.state === 'warning') ? 'warnings' : 'passed';
}

export const warningCount = (report: Pick<StepsReport, 'steps'>): number =>
  report.steps.filter((step) => step.state === 'warning').length;
