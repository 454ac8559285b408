import { create } from 'zustand';

const KEPT = 8;

interface Report {
  readonly checkId: string;
  readonly finishedAtMs: number | null;
}

interface CheckReports<Kind extends Report> {
  add(report: Kind): void;
  clear(): void;
  /** The latest report of a check, while it is shown. */
  useReport(checkId: string | null): Kind | null;
  isFinished(checkId: string): boolean;
}

/** The latest reports of checks, newest last; one may arrive before the answer that names its check. */
export function createCheckReports<Kind extends Report>(): CheckReports<Kind> {
  const useReports = create<{ readonly reports: readonly Kind[] }>(() => ({ reports: [] }));
  return {
    add: (report) => {
      const others = useReports.getState().reports.filter(({ checkId }) => checkId !== report.checkId);
      useReports.setState({ reports: [...others.slice(-(KEPT - 1)), report] });
    },
    clear: () => useReports.setState({ reports: [] }),
    useReport: (checkId) =>
      useReports(({ reports }) => reports.find((report) => report.checkId === checkId) ?? null),
    isFinished: (checkId) =>
      useReports
        .getState()
        .reports.some((report) => report.checkId === checkId && report.finishedAtMs !== null),
  };
}
