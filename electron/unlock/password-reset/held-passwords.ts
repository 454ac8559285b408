import type { InstanceId } from '../../../shared/instance';

/** Passwords that were just set, in memory and as bytes that are overwritten when they are let go. */
export class HeldPasswords {
  readonly #held = new Map<InstanceId, Buffer>();

  hold(id: InstanceId, password: string): void {
    this.drop(id);
    this.#held.set(id, Buffer.from(password, 'utf8'));
  }

  has(id: InstanceId): boolean {
    return this.#held.has(id);
  }

  read(id: InstanceId): string | null {
    return this.#held.get(id)?.toString('utf8') ?? null;
  }

  drop(id: InstanceId): void {
    this.#held.get(id)?.fill(0);
    this.#held.delete(id);
  }

  dropAll(): void {
    for (const id of [...this.#held.keys()]) this.drop(id);
  }
}
