import type { Log } from '../log/log';
import type { Service } from '../service-list';
import type { DiskFiles } from '../storage/atomic-file';
import type { Clock } from '../watch/clock';

/** What every part of the app gets. */
export interface Foundation {
  readonly inData: (name: string) => string;
  readonly clock: Clock;
  readonly files: DiskFiles;
  readonly log: Log;
  /** Fires when the app begins to end. */
  readonly quit: AbortSignal;
}

/** A part of the app that has something to start or to end, in the order of starting. */
export interface Part {
  readonly services: readonly Service[];
}
