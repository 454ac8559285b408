import type { LabAttack, LabState } from '../../shared/lab';
import type { PracticeConsole } from './console/practice-console';
import { AttackCounter } from './ecs/practice/attack-counter';
import type { Power } from './ecs/practice/power-watch';
import type { Random } from './random';
import { rdpAttacker } from './scenario/actors';
import { rdpWithNla } from './scenario/attempts';
import { type InstanceSpec, practicePassword } from './scenario/instances';
import type { Scheduler } from './scenario/scheduler';
import type { LabSshServer } from './ssh-server';
import { WindowsInstance } from './windows/instance';

const LOG_CAPACITY = 20_000;
const BUILT_IN_ADMINISTRATOR = 500;

/** What became of the last sign-in over Remote Desktop that was asked for. */
type RdpSignIn = NonNullable<LabState['instances'][number]['rdpSignIn']>;

/** One practice instance as a test holds it. */
export interface EstateInstance {
  readonly name: string;
  readonly spec: InstanceSpec;
  readonly windows: WindowsInstance;
  readonly server: LabSshServer;
  readonly console: PracticeConsole;
  startAttack(): void;
  stopAttack(): void;
  readonly underAttack: boolean;
  /** What became of the attacks' tries so far. */
  attack(): LabAttack;
  /** Somebody who knows the password signs in at the console; false when refused. */
  signInAtConsole(account: string): boolean;
  /** Somebody who knows the password signs in over Remote Desktop from a simulated address. */
  signInOverRdp(account: string, address: string): RdpSignIn['outcome'];
  readonly lastRdpSignIn: RdpSignIn | undefined;
}

interface InstanceParts {
  readonly spec: InstanceSpec;
  readonly windows: WindowsInstance;
  readonly server: LabSshServer;
  readonly console: PracticeConsole;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly reachableFrom: (address: string) => boolean;
}

/** A machine, its server and console, and the attack on it while there is one. */
export class Instance implements EstateInstance {
  readonly #parts: InstanceParts;
  readonly #counter = new AttackCounter();
  #attacks = 0;
  #signIns = 0;
  #endAttack: (() => void) | undefined;
  #lastRdpSignIn: RdpSignIn | undefined;
  #power: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(parts: InstanceParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.spec.name;
  }

  get spec(): InstanceSpec {
    return this.#parts.spec;
  }

  get windows(): WindowsInstance {
    return this.#parts.windows;
  }

  get server(): LabSshServer {
    return this.#parts.server;
  }

  get console(): PracticeConsole {
    return this.#parts.console;
  }

  get underAttack(): boolean {
    return this.#endAttack !== undefined;
  }

  get lastRdpSignIn(): RdpSignIn | undefined {
    return this.#lastRdpSignIn;
  }

  startAttack(): void {
    if (this.#endAttack) return;
    const { scheduler, reachableFrom, windows } = this.#parts;
    this.#attacks += 1;
    const random = this.#parts.random.fork(`attack-${this.#attacks}`);
    const getsThrough = (address: string) => {
      const allowed = reachableFrom(address);
      this.#counter.count(scheduler.clock.now(), allowed);
      return allowed;
    };
    const attacker = rdpAttacker(windows, random, Number.POSITIVE_INFINITY, getsThrough);
    this.#endAttack = scheduler.add(attacker, 0);
  }

  attack(): LabAttack {
    return this.#counter.at(this.#parts.scheduler.clock.now());
  }

  stopAttack(): void {
    this.#endAttack?.();
    this.#endAttack = undefined;
  }

  signInAtConsole(name: string): boolean {
    const account = this.windows.sam.find(name);
    return account !== null && this.console.signIn(account.name, account.password);
  }

  signInOverRdp(name: string, address: string): RdpSignIn['outcome'] {
    const account = this.windows.sam.find(name);
    const attempt = {
      name: account?.name ?? name,
      password: account?.password ?? '',
      domain: this.windows.computer,
      workstation: 'ADMIN-PC',
      address,
      addressShown: true,
    };
    this.#signIns += 1;
    const random = this.#parts.random.fork(`rdp-${this.#signIns}`);
    const outcome = !this.#parts.reachableFrom(address)
      ? 'blocked'
      : rdpWithNla(this.windows, attempt, random)
        ? 'signedIn'
        : 'refused';
    this.#lastRdpSignIn = { account: attempt.name, outcome, atMs: this.#parts.scheduler.clock.now() };
    return outcome;
  }

  /** Takes the preferred ports or other free ones; returns those that it has. */
  async start(ports: { ssh: number; vnc: number }): Promise<{ ssh: number; vnc: number }> {
    return { ssh: await this.server.start(ports.ssh), vnc: await this.console.start(ports.vnc) };
  }

  /** The cloud stopped or started it: its services are gone, or back, the latter with a new password if one waited. */
  power(power: Power): void {
    if (power.kind === 'up' && power.password !== null) {
      const administrator = this.windows.sam.accounts().find(({ rid }) => rid === BUILT_IN_ADMINISTRATOR);
      if (administrator) this.windows.resetPassword(administrator.name, power.password, null);
    }
    this.#power = this.#power.then(async () => {
      if (this.#stopped) return;
      if (power.kind === 'down') await Promise.all([this.server.stop(), this.console.stop()]);
      else await this.start({ ssh: this.server.port, vnc: this.console.port });
    });
  }

  /** Settles when its services are as its power says. */
  async settled(): Promise<void> {
    await this.#power;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#power;
    await Promise.all([this.server.stop(), this.console.stop()]);
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
  for (const { name, rid, disabled, administrator } of spec.accounts) {
    windows.sam.add(name, rid, practicePassword(seed, spec.name, name), disabled ?? false, administrator);
  }
  return windows;
}
