import { type LabCommand, type LabReport, labReportSchema } from '../../../shared/lab';
import type { ChildProcess } from '../system/utility-process';

export interface LabProcess {
  send(command: LabCommand): void;
  onReport(listener: (report: LabReport) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/** The practice lab's process, by its commands and reports. */
export function createLabProcess(child: ChildProcess): LabProcess {
  return {
    send: (command) => child.post(command),
    onReport(listener) {
      child.listen((message) => {
        const report = labReportSchema.safeParse(message);
        if (report.success) listener(report.data);
      });
    },
    onExit: (listener) => child.onExit(() => listener()),
    kill: () => child.kill(),
  };
}
