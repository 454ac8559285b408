import { create } from 'zustand';
import type { CheckReport } from '../../shared/check';
import { api } from '../api';

const KEPT = 8;

interface ChecksState {
  /** The latest report of each check, newest last. */
  readonly reports: readonly CheckReport[];
}

/** Reports of connection checks as they come in; a report may arrive before the answer that names its check. */
export const useChecks = create<ChecksState>(() => ({ reports: [] }));

export function startChecks(): () => void {
  return api.on.check.progress((report) => {
    const others = useChecks.getState().reports.filter((known) => known.checkId !== report.checkId);
    useChecks.setState({ reports: [...others.slice(-(KEPT - 1)), report] });
  });
}

export const useCheckReport = (checkId: string | null): CheckReport | null =>
  useChecks((state) => state.reports.find((report) => report.checkId === checkId) ?? null);

export const isFinished = (checkId: string): boolean =>
  useChecks.getState().reports.some((report) => report.checkId === checkId && report.finishedAtMs !== null);
