import { useEffect } from 'react';
import { create } from 'zustand';
import type { DirectoryCheckReport } from '../../../shared/directory';
import { api } from '../../api';

const KEPT = 8;

/** Reports of checks as they come in, newest last; one may arrive before the answer that names its check. */
const useReports = create<{ readonly reports: readonly DirectoryCheckReport[] }>(() => ({ reports: [] }));

/** Listens as long as somebody shows a check. */
export function useDirectoryChecks(): void {
  useEffect(
    () =>
      api.on.directory.checked((report) => {
        const others = useReports.getState().reports.filter(({ checkId }) => checkId !== report.checkId);
        useReports.setState({ reports: [...others.slice(-(KEPT - 1)), report] });
      }),
    [],
  );
}

export const useDirectoryCheck = (checkId: string | null): DirectoryCheckReport | null =>
  useReports((state) => state.reports.find((report) => report.checkId === checkId) ?? null);

export const isDirectoryCheckFinished = (checkId: string): boolean =>
  useReports.getState().reports.some((report) => report.checkId === checkId && report.finishedAtMs !== null);
