import type { Settings } from '../../shared/settings';
import type { EvidenceStore } from '../storage/evidence-store';
import type { Clock } from './clock';

const EVERY_MS = 10 * 60_000;
const FIRST_MS = 60_000;
const PAUSE_MS = 50;
const MOST_ROWS = 20_000_000;
const DAY_MS = 86_400_000;
const MEGABYTE = 1_048_576;

/** Keeps the evidence within its age and size, a little at a time. */
export class Retention {
  #cancel: (() => void) | undefined;

  constructor(
    private readonly store: EvidenceStore,
    private readonly clock: Clock,
    private readonly limits: () => Settings['retention'],
  ) {}

  start(): void {
    this.#cancel = this.clock.after(FIRST_MS, () => this.#step());
  }

  dispose(): void {
    this.#cancel?.();
  }

  #step(): void {
    const { days, megabytes } = this.limits();
    const step = this.store.retention({
      maxAgeMs: days * DAY_MS,
      maxBytes: megabytes * MEGABYTE,
      maxRows: MOST_ROWS,
    });
    const done = !step.ok || step.value.done;
    this.#cancel = this.clock.after(done ? EVERY_MS : PAUSE_MS, () => this.#step());
  }
}
