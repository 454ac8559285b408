import type { LabPhase } from '../../../shared/lab';

/** How one drill runs; all times in milliseconds at speed 1. */
export interface DrillPlan {
  /** Nothing happens until the app has asked the attacked instance something. */
  readonly waitForVisitor: boolean;
  readonly quietMs: number;
  /** How long the attackers go on after Administrator is locked. */
  readonly lockedMs: number;
  /** How the lock ends after the attack stopped: Administrator signs in at the console, or by itself. */
  readonly relief: 'console' | 'wait';
  /** How long after that Administrator signs in over Remote Desktop; null: nobody does. */
  readonly proofMs: number | null;
  /** How long the calm after it lasts until the drill is over. */
  readonly calmMs: number;
  /** Null: one drill and no more. */
  readonly repeatAfterMs: number | null;
}

/** For people: the lock ends by itself, and the whole begins again later. */
export const livePlan: DrillPlan = {
  waitForVisitor: true,
  quietMs: 20_000,
  // Long enough to isolate and to sign in at the console while the attack goes on.
  lockedMs: 300_000,
  relief: 'wait',
  proofMs: null,
  calmMs: 60_000,
  repeatAfterMs: 300_000,
};

/** For one watched run at `ONCE_SPEED`: about a minute from the app's first question to the end. */
export const oncePlan: DrillPlan = {
  waitForVisitor: true,
  quietMs: 24_000,
  lockedMs: 60_000,
  relief: 'console',
  proofMs: 20_000,
  calmMs: 40_000,
  repeatAfterMs: null,
};
export const ONCE_SPEED = 4;

/** What the drill can see and do. */
export interface DrillStage {
  visited(): boolean;
  administratorLocked(): boolean;
  startAttack(): void;
  stopAttack(): void;
  consoleSignIn(): void;
  rdpSignIn(): void;
}

/** The drill's phases, moved on by `step` with the time since the last one in milliseconds at speed 1. */
export class Drill {
  readonly #plan: DrillPlan;
  readonly #stage: DrillStage;
  #phase: LabPhase;
  #inPhaseMs = 0;

  constructor(plan: DrillPlan, stage: DrillStage) {
    this.#plan = plan;
    this.#stage = stage;
    this.#phase = plan.waitForVisitor ? 'waiting' : 'quiet';
  }

  get phase(): LabPhase {
    return this.#phase;
  }

  step(elapsedMs: number): void {
    this.#inPhaseMs += elapsedMs;
    const next = this.#next();
    if (next === undefined) return;
    this.#phase = next;
    this.#inPhaseMs = 0;
    if (next === 'attack') this.#stage.startAttack();
    if (next === 'relief') {
      this.#stage.stopAttack();
      if (this.#plan.relief === 'console') this.#stage.consoleSignIn();
    }
    if (next === 'proof') this.#stage.rdpSignIn();
  }

  #next(): LabPhase | undefined {
    const { quietMs, lockedMs, proofMs, calmMs, repeatAfterMs } = this.#plan;
    const waited = (ms: number) => this.#inPhaseMs >= ms;
    switch (this.#phase) {
      case 'waiting':
        return this.#stage.visited() ? 'quiet' : undefined;
      case 'quiet':
        return waited(quietMs) ? 'attack' : undefined;
      case 'attack':
        return this.#stage.administratorLocked() ? 'locked' : undefined;
      case 'locked':
        return waited(lockedMs) ? 'relief' : undefined;
      case 'relief':
        if (this.#stage.administratorLocked() || !waited(proofMs ?? 0)) return undefined;
        return proofMs === null ? 'calm' : 'proof';
      case 'proof':
        return 'calm';
      case 'calm':
        return waited(calmMs) ? 'finished' : undefined;
      case 'finished':
        return repeatAfterMs !== null && waited(repeatAfterMs) ? 'quiet' : undefined;
    }
  }
}
