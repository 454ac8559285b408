import type { LabClock } from '../clock';

/** Somebody who acts on the estate from time to time: an attacker, a service, an admin. */
export interface Actor {
  /** Acts once; returns how long to wait until the next time, in milliseconds at speed 1, or null to leave. */
  step(): number | null;
}

interface Entry {
  readonly actor: Actor;
  /** Milliseconds at speed 1 that were left when the entry was last armed. */
  leftMs: number;
  armedAtMs: number;
  cancel: (() => void) | undefined;
}

/** Lets actors act in their time. Speed divides every wait; the clock itself, and so every event's time, is true. */
export class Scheduler {
  readonly #entries = new Set<Entry>();
  readonly #afterStep: () => void;
  #clock: LabClock;
  #speed: number;
  #running = false;

  constructor(clock: LabClock, speed: number, afterStep: () => void) {
    this.#clock = clock;
    this.#speed = speed;
    this.#afterStep = afterStep;
  }

  get clock(): LabClock {
    return this.#clock;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Returns a function that sends the actor away. */
  add(actor: Actor, delayMs: number): () => void {
    const entry: Entry = { actor, leftMs: delayMs, armedAtMs: 0, cancel: undefined };
    this.#entries.add(entry);
    if (this.#running) this.#arm(entry);
    return () => {
      entry.cancel?.();
      this.#entries.delete(entry);
    };
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    for (const entry of this.#entries) this.#arm(entry);
  }

  pause(): void {
    if (!this.#running) return;
    this.#running = false;
    for (const entry of this.#entries) this.#disarm(entry);
  }

  setSpeed(speed: number): void {
    this.#rearm(() => {
      this.#speed = speed;
    });
  }

  /** Goes on by another clock that shows the same time: from written history to the present. */
  moveTo(clock: LabClock): void {
    this.#rearm(() => {
      this.#clock = clock;
    });
  }

  #rearm(change: () => void): void {
    const running = this.#running;
    this.pause();
    change();
    if (running) this.start();
  }

  #arm(entry: Entry): void {
    entry.armedAtMs = this.#clock.now();
    entry.cancel = this.#clock.after(entry.leftMs / this.#speed, () => this.#step(entry));
  }

  #disarm(entry: Entry): void {
    entry.cancel?.();
    entry.cancel = undefined;
    entry.leftMs = Math.max(0, entry.leftMs - (this.#clock.now() - entry.armedAtMs) * this.#speed);
  }

  #step(entry: Entry): void {
    const wait = entry.actor.step();
    if (wait === null) this.#entries.delete(entry);
    else if (this.#entries.has(entry)) {
      entry.leftMs = wait;
      if (this.#running) this.#arm(entry);
    }
    this.#afterStep();
  }
}
