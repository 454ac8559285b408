import type { EcsState, InstanceStatus } from '../types';

export type Power = { readonly kind: 'down' } | { readonly kind: 'up'; readonly password: string | null };

/** Notices instances that go down and come up, and keeps a new password until the restart that it waits for. */
export class PowerWatch {
  readonly #names: ReadonlyMap<string, string>;
  readonly #running = new Map<string, boolean>();
  readonly #passwords = new Map<string, string>();

  /** Instance ids with their names. */
  constructor(names: Iterable<readonly [id: string, name: string]>) {
    this.#names = new Map(names);
  }

  passwordSet(id: string, password: string): void {
    if (this.#names.has(id)) this.#passwords.set(id, password);
  }

  /** What has changed since it was asked last. */
  changes(state: EcsState): [name: string, power: Power][] {
    const found: [string, Power][] = [];
    for (const [id, name] of this.#names) {
      const status: InstanceStatus = state.instances.get(id)?.status ?? 'Stopped';
      const running = status === 'Running';
      if (running === (this.#running.get(id) ?? true)) continue;
      this.#running.set(id, running);
      if (!running) found.push([name, { kind: 'down' }]);
      else {
        found.push([name, { kind: 'up', password: this.#passwords.get(id) ?? null }]);
        this.#passwords.delete(id);
      }
    }
    return found;
  }
}
