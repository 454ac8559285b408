import type { LabAttack } from '../../../../shared/lab';

/** What "per second" looks back on. */
const WINDOW_MS = 10_000;

/** Counts an attack's tries: those that reached the instance, and those that its security groups kept out. */
export class AttackCounter {
  #allowed = 0;
  #blocked = 0;
  #recent: { readonly atMs: number; readonly allowed: boolean }[] = [];

  count(nowMs: number, allowed: boolean): void {
    if (allowed) this.#allowed += 1;
    else this.#blocked += 1;
    this.#forget(nowMs);
    this.#recent.push({ atMs: nowMs, allowed });
  }

  at(nowMs: number): LabAttack {
    this.#forget(nowMs);
    const perSecond = (allowed: boolean) =>
      this.#recent.filter((one) => one.allowed === allowed).length / (WINDOW_MS / 1_000);
    return {
      allowed: this.#allowed,
      blocked: this.#blocked,
      allowedPerSecond: perSecond(true),
      blockedPerSecond: perSecond(false),
    };
  }

  #forget(nowMs: number): void {
    this.#recent = this.#recent.filter(({ atMs }) => nowMs - atMs < WINDOW_MS);
  }
}
