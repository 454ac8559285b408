import type { CheckReport, CheckStep, CheckStepId } from '../../../shared/check';
import type { AppError } from '../../../shared/errors';
import type { Leg, SshClock } from './types';

const WAY: readonly CheckStepId[] = ['name', 'tcp', 'hostKey', 'authentication'];
const READINGS: readonly CheckStepId[] = ['shell', 'eventLog', 'policy', 'rights', 'auditing', 'clock'];

/** What a step found: passed, or passed with something the admin should know. */
export interface Finding {
  readonly state: 'passed' | 'warning';
  readonly messageKey: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** The steps of a check with their states and times; every change makes a new report for whoever looks on. */
export class CheckPlan {
  #steps: CheckStep[];
  readonly #startedAtMs: number;
  readonly #since = new Map<CheckStep['id'], number>();

  constructor(
    readonly checkId: string,
    legs: readonly Leg[],
    readonly clock: SshClock,
    readonly onProgress: (report: CheckReport) => void,
  ) {
    this.#startedAtMs = clock.now();
    this.#steps = legs.flatMap(({ hop }) =>
      (hop === 'instance' ? [...WAY, ...READINGS] : WAY).map(
        (id): CheckStep => ({
          id,
          hop,
          state: 'waiting',
          durationMs: null,
          messageKey: null,
          params: {},
          error: null,
        }),
      ),
    );
  }

  start(hop: string, id: CheckStepId): void {
    this.#since.set(id, this.clock.now());
    this.#change(hop, id, { state: 'running' });
  }

  found(hop: string, id: CheckStepId, { state, messageKey, params }: Finding): void {
    this.#change(hop, id, { state, messageKey, params, durationMs: this.#duration(id) });
  }

  failed(hop: string, id: CheckStepId, error: AppError): void {
    this.#change(hop, id, { state: 'failed', error, durationMs: this.#duration(id) });
  }

  /** A step that has no meaning here. */
  skip(hop: string, id: CheckStepId, messageKey: string): void {
    this.#change(hop, id, { state: 'skipped', messageKey });
  }

  /** Whatever has not run by now will not. */
  skipRest(): void {
    this.#steps = this.#steps.map((step) =>
      step.state === 'waiting' || step.state === 'running'
        ? { ...step, state: 'skipped', messageKey: 'check.skipped' }
        : step,
    );
  }

  report(finished: boolean, hostKeyQuestion: CheckReport['hostKeyQuestion'] = null): CheckReport {
    return {
      checkId: this.checkId,
      startedAtMs: this.#startedAtMs,
      finishedAtMs: finished ? this.clock.now() : null,
      steps: this.#steps,
      hostKeyQuestion,
    };
  }

  #duration(id: CheckStepId): number {
    return Math.max(0, this.clock.now() - (this.#since.get(id) ?? this.clock.now()));
  }

  #change(hop: string, id: CheckStepId, change: Partial<CheckStep>): void {
    this.#steps = this.#steps.map((step) =>
      step.hop === hop && step.id === id ? { ...step, ...change } : step,
    );
    this.onProgress(this.report(false));
  }
}
