import type { InstanceView } from '../../shared/account-status';
import type { ReplayReport } from '../../shared/replay';
import type { Result } from '../../shared/result';
import type { Handlers } from './dispatch';

/** What the shell needs of the fleet's status and of the evidence process behind it. */
export interface FleetPort {
  start(): Promise<void>;
  dispose(): Promise<void>;
  views(): readonly InstanceView[];
  readonly hostKeys: Handlers['hostKeys'];
  readonly check: Handlers['check'];
  readonly instance: Handlers['instance'];
  replay(files: readonly string[]): Promise<Result<ReplayReport[]>>;
  cancelReplay(): Result<null> | Promise<Result<null>>;
  suspend(): void;
  markStale(): void;
  resume(): void;
}
