/** What has to be read again, and when. Times in milliseconds since 1970. */
export class Due<Name extends string> {
  readonly #at = new Map<Name, number>();

  isDue(name: Name, nowMs: number): boolean {
    return (this.#at.get(name) ?? Number.NEGATIVE_INFINITY) <= nowMs;
  }

  /** Milliseconds until then; 0 when it is due. */
  inMs(name: Name, nowMs: number): number {
    return Math.max(0, (this.#at.get(name) ?? nowMs) - nowMs);
  }

  done(name: Name, nowMs: number, everyMs: number): void {
    this.#at.set(name, nowMs + everyMs);
  }

  /** At once. */
  now(name: Name): void {
    this.#at.delete(name);
  }

  /** Not later than then. */
  by(name: Name, atMs: number): void {
    const known = this.#at.get(name);
    if (known !== undefined && known > atMs) this.#at.set(name, atMs);
  }

  reset(): void {
    this.#at.clear();
  }
}
