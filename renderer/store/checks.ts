import type { CheckReport } from '../../shared/check';
import { api } from '../api';
import { createCheckReports } from './check-reports';

const reports = createCheckReports<CheckReport>();

export const startChecks = (): (() => void) => api.on.check.progress(reports.add);

export const clearChecks = reports.clear;

export const useCheckReport = reports.useReport;

export const isFinished = reports.isFinished;
