import { basename } from 'node:path';
import { appError } from '../../shared/errors';
import type { ReplayReport } from '../../shared/replay';
import { err, ok, type Result } from '../../shared/result';
import type { HostEvents } from './protocol';

const TELL_EVERY_BYTES = 1_048_576;

/** Reads recorded logs, one request at a time; the reader is loaded with the first one. */
export class SavedLogs {
  #running: AbortController | undefined;

  constructor(private readonly tell: (progress: HostEvents['replay.progress']) => void) {}

  async replay(files: readonly string[], ownAddresses: readonly string[]): Promise<Result<ReplayReport[]>> {
    if (this.#running) return err(appError('app.busy'));
    const controller = new AbortController();
    this.#running = controller;
    try {
      const { replayFile } = await import('../sources/events/replay-file');
      const reports: ReplayReport[] = [];
      for (const file of files) {
        if (controller.signal.aborted) break;
        let told = 0;
        reports.push(
          await replayFile(file, {
            policy: null,
            ownAddresses,
            signal: controller.signal,
            onProgress: (bytesRead, bytesTotal) => {
              if (bytesRead - told < TELL_EVERY_BYTES && bytesRead < bytesTotal) return;
              told = bytesRead;
              this.tell({ file: basename(file), bytesRead, bytesTotal });
            },
          }),
        );
      }
      return ok(reports);
    } finally {
      this.#running = undefined;
    }
  }

  cancel(): void {
    this.#running?.abort();
  }
}
