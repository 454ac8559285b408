import type { Ticks } from './time';

/** Account lockout policy of one authority, in ticks (R1, R2). */
export interface LockoutPolicy {
  /** Failures that lock; 0 never locks. */
  readonly threshold: number;
  readonly observationWindow: Ticks;
  readonly lockoutDuration: Ticks | 'untilAdmin';
  /** Whether the built-in Administrator (RID 500) is subject to lockout (R4). */
  readonly lockoutAdmins: boolean | 'unknown';
  readonly source: 'local' | 'domain' | 'pso';
  readonly passwordHistoryLength?: number;
  /**
   * Values the reading did not hold, which Windows leaves out while the threshold is 0. They stand as 0 ticks
   * above and must not be shown or concluded from.
   */
  readonly notStated?: readonly ('observationWindow' | 'lockoutDuration')[];
}
