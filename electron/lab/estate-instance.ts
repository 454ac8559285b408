import type { LabAttack } from '../../shared/lab';
import { AttackCounter } from './ecs/practice/attack-counter';
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
  /** What became of the attacks' tries so far. */
  attack(): LabAttack;
}

/** A machine, its server, and the attack on it while there is one. */
export class Instance implements EstateInstance {
  readonly name: string;
  readonly windows: WindowsInstance;
  readonly server: LabSshServer;
  readonly spec: InstanceSpec;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #reachableFrom: (address: string) => boolean;
  readonly #counter = new AttackCounter();
  #attacks = 0;
  #endAttack: (() => void) | undefined;

  constructor(
    spec: InstanceSpec,
    windows: WindowsInstance,
    server: LabSshServer,
    scheduler: Scheduler,
    random: Random,
    reachableFrom: (address: string) => boolean,
  ) {
    this.name = spec.name;
    this.spec = spec;
    this.windows = windows;
    this.server = server;
    this.#scheduler = scheduler;
    this.#random = random;
    this.#reachableFrom = reachableFrom;
  }

  get underAttack(): boolean {
    return this.#endAttack !== undefined;
  }

  startAttack(): void {
    if (this.#endAttack) return;
    this.#attacks += 1;
    const random = this.#random.fork(`attack-${this.#attacks}`);
    const getsThrough = (address: string) => {
      const allowed = this.#reachableFrom(address);
      this.#counter.count(this.#scheduler.clock.now(), allowed);
      return allowed;
    };
    const attacker = rdpAttacker(this.windows, random, Number.POSITIVE_INFINITY, getsThrough);
    this.#endAttack = this.#scheduler.add(attacker, 0);
  }

  attack(): LabAttack {
    return this.#counter.at(this.#scheduler.clock.now());
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
