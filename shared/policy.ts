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
}
