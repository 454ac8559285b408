import type { JournalEntry, JournalRun, Plan, StepRecord } from '../../../shared/isolation';

/** A plan as a run that nothing was done of yet, with a token for each step. */
export function newRun(plan: Plan, admin: string, atMs: number, newToken: () => string): JournalRun {
  return {
    plan,
    admin,
    startedAtMs: atMs,
    finishedAtMs: null,
    steps: plan.steps.map(({ id }) => ({
      stepId: id,
      token: newToken(),
      outcome: 'waiting',
      attempts: 0,
      startedAtMs: null,
      finishedAtMs: null,
      requestIds: [],
      groupId: null,
      error: null,
    })),
    verification: null,
  };
}

/** The entry with its last run changed. */
export function withLastRun(entry: JournalEntry, change: (run: JournalRun) => JournalRun): JournalEntry {
  const last = entry.runs.at(-1);
  return last ? { ...entry, runs: [...entry.runs.slice(0, -1), change(last)] } : entry;
}

export const withStep = (run: JournalRun, stepId: string, change: Partial<StepRecord>): JournalRun => ({
  ...run,
  steps: run.steps.map((record) => (record.stepId === stepId ? { ...record, ...change } : record)),
});
