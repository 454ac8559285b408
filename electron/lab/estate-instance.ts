import type { Random } from './random';
import { rdpAttacker } from './scenario/actors';
import { type InstanceSpec, practicePassword } from './scenario/instances';
import type { Scheduler } from './scenario/scheduler';
import type { LabSshServer } from './ssh-server';
import { WindowsInstance } from './windows/instance';

const LOG_CAPACITY = 20_000;

/** One practice instance as a test holds it. */
export interface EstateInstance {
  readonly name: string;
  readonly spec: InstanceSpec;
  readonly windows: WindowsInstance;
  readonly server: LabSshServer;
  startAttack(): void;
  stopAttack(): void;
  readonly underAttack: boolean;
}

/** A machine, its server, and the attack on it while there is one. */
export class Instance implements EstateInstance {
  readonly name: string;
  readonly windows: WindowsInstance;
  readonly server: LabSshServer;
  readonly spec: InstanceSpec;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  #attacks = 0;
  #endAttack: (() => void) | undefined;

  constructor(
    spec: InstanceSpec,
    windows: WindowsInstance,
    server: LabSshServer,
    scheduler: Scheduler,
    random: Random,
  ) {
    this.name = spec.name;
    this.spec = spec;
    this.windows = windows;
    this.server = server;
    this.#scheduler = scheduler;
    this.#random = random;
  }

  get underAttack(): boolean {
    return this.#endAttack !== undefined;
  }

  startAttack(): void {
    if (this.#endAttack) return;
    this.#attacks += 1;
    this.#endAttack = this.#scheduler.add(
      rdpAttacker(this.windows, this.#random.fork(`attack-${this.#attacks}`)),
      0,
    );
  }

  stopAttack(): void {
    this.#endAttack?.();
    this.#endAttack = undefined;
  }
}

/** Builds the machine of a row, with its accounts and their practice passwords. */
export function createWindows(
  spec: InstanceSpec,
  seed: string,
  speed: number,
  now: () => number,
): WindowsInstance {
  const windows = new WindowsInstance({
    computer: spec.computer,
    system: spec.system,
    policy: spec.policy(speed),
    audit: spec.audit,
    defaultShell: spec.defaultShell,
    style: spec.style,
    logCapacity: LOG_CAPACITY,
    seed,
    now,
  });
  for (const { name, rid, disabled } of spec.accounts) {
    windows.sam.add(name, rid, practicePassword(seed, spec.name, name), disabled ?? false);
  }
  return windows;
}
