import { useEffect } from 'react';
import type { DirectoryCheckReport } from '../../../shared/directory';
import { api } from '../../api';
import { createCheckReports } from '../../store/check-reports';

const reports = createCheckReports<DirectoryCheckReport>();

/** Listens as long as somebody shows a check. */
export function useDirectoryChecks(): void {
  useEffect(() => api.on.directory.checked(reports.add), []);
}

export const useDirectoryCheck = reports.useReport;

export const isDirectoryCheckFinished = reports.isFinished;
