import {
  LAB_GROUP,
  type LabCloud,
  type LabDirectory,
  type LabEndpoint,
  type LabState,
  type LabTrigger,
} from '../../shared/lab';
import type { PracticeDirectory } from './directory/practice-directory';
import type { PracticeCloud } from './ecs/practice/practice-cloud';
import { instanceIdOf, PRACTICE_REGION } from './ecs/practice/practice-estate';
import type { Instance } from './estate-instance';
import { Drill, type DrillPlan } from './scenario/drill';
import { ATTACKED_INSTANCE, practicePassword, SSH_USER } from './scenario/instances';
import type { Scheduler } from './scenario/scheduler';
import { applyTrigger } from './triggers';
import { trueAccounts } from './truth';

const TICK_MS = 500;
/** As the machines themselves have it, whatever door leads there. */
const RDP_PORT = 3389;

/** The running practice estate. */
export class Estate {
  readonly instances: readonly Instance[];
  readonly userKeyPath: string;
  readonly cloud: PracticeCloud;
  readonly directory: PracticeDirectory;
  readonly #seed: string;
  readonly #scheduler: Scheduler;
  readonly #drill: Drill | null;
  readonly #startedAtMs: number;
  readonly #listeners = new Set<(state: LabState) => void>();
  #running = true;
  #paused = false;
  #told = '';
  #endTick: (() => void) | undefined;

  constructor(parts: {
    instances: readonly Instance[];
    userKeyPath: string;
    cloud: PracticeCloud;
    directory: PracticeDirectory;
    seed: string;
    scheduler: Scheduler;
    drill: DrillPlan | null;
  }) {
    this.instances = parts.instances;
    this.userKeyPath = parts.userKeyPath;
    this.cloud = parts.cloud;
    this.directory = parts.directory;
    this.#seed = parts.seed;
    this.#scheduler = parts.scheduler;
    this.#startedAtMs = parts.scheduler.clock.now();
    this.#drill = parts.drill ? this.#createDrill(parts.drill) : null;
    this.#tick(this.#startedAtMs);
  }

  /** Throws for a name that is not there: a mistake in a test, never in a user's hands. */
  instance(name: string): Instance {
    const found = this.instances.find((instance) => instance.name === name);
    if (!found) throw new Error(`No practice instance ${name}`);
    return found;
  }

  endpoints(): LabEndpoint[] {
    return this.instances.map(({ name, server, spec, console }) => ({
      name,
      host: '127.0.0.1',
      port: server.port,
      user: SSH_USER,
      password: practicePassword(this.#seed, name, SSH_USER),
      privateKeyPath: this.userKeyPath,
      rdpPort: RDP_PORT,
      group: LAB_GROUP,
      hostKeyFingerprint: server.fingerprint,
      cloud: { provider: 'aliyun', region: PRACTICE_REGION, instanceId: instanceIdOf(name) },
      rdpDoor: {
        host: '127.0.0.1',
        port: this.cloud.rdpPort(name),
        publicAddress: this.cloud.publicAddress(name),
      },
      vnc: { host: '127.0.0.1', port: console.port, password: spec.consolePassword },
      accounts: spec.accounts.map((account) => ({
        name: account.name,
        password: practicePassword(this.#seed, name, account.name),
      })),
    }));
  }

  /** How to reach the stand-in cloud around the instances. */
  describeCloud(): LabCloud {
    return this.cloud.describe();
  }

  /** How to reach the practice domain. */
  describeDirectory(): LabDirectory {
    return this.directory.describe();
  }

  state(): LabState {
    return {
      running: this.#running,
      paused: this.#paused,
      speed: this.#scheduler.speed,
      phase: this.#drill?.phase ?? null,
      startedAtMs: this.#startedAtMs,
      adminAddress: this.cloud.adminAddress,
      directory: { locked: this.directory.lockedAccounts() },
      instances: this.instances.map((instance) => this.#stateOf(instance)),
    };
  }

  /** Tells the state whenever it has changed; returns a function that ends it. */
  onChange(listener: (state: LabState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** False when there is no such instance. */
  async trigger(trigger: LabTrigger): Promise<boolean> {
    if (!this.#running) return false;
    if (trigger.kind === 'moveAdmin') {
      this.cloud.moveAdmin(trigger.address);
      this.changed();
      return true;
    }
    if (trigger.kind === 'directoryGuess') {
      return this.directory.guess(trigger.account, trigger.times, trigger.at);
    }
    if (trigger.kind === 'controllerPower') {
      const controller = this.directory.controller(trigger.controller);
      if (!trigger.up) await controller.stop();
      else if (!controller.listening) await controller.start(controller.ports);
      return true;
    }
    const target = this.instances.find((instance) => instance.name === trigger.instance);
    if (!target) return false;
    await applyTrigger(target, trigger, this.cloud.adminAddress);
    this.changed();
    return true;
  }

  pause(): void {
    this.#paused = true;
    this.#scheduler.pause();
    this.changed();
  }

  resume(): void {
    this.#paused = false;
    this.#scheduler.start();
    this.changed();
  }

  /** Changes the pace, and with it the practice policies, as an admin's change of policy would (R16). */
  setSpeed(speed: number): void {
    this.#scheduler.setSpeed(speed);
    for (const { windows, spec } of this.instances) windows.sam.policy = spec.policy(speed);
    this.directory.setSpeed(speed);
    this.changed();
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    this.#endTick?.();
    this.#scheduler.pause();
    await Promise.all([
      this.cloud.stop(),
      this.directory.stop(),
      ...this.instances.map((instance) => instance.stop()),
    ]);
    this.changed();
    this.#listeners.clear();
  }

  /** Tells the listeners, if there is something new to tell. */
  changed(): void {
    const state = this.state();
    const text = JSON.stringify(state);
    if (text === this.#told) return;
    this.#told = text;
    for (const listener of this.#listeners) listener(state);
  }

  #stateOf(instance: Instance): LabState['instances'][number] {
    const { name, windows, server, console, underAttack, lastRdpSignIn } = instance;
    return {
      name,
      computer: windows.computer,
      port: server.port,
      storyKey: `lab.story.${name}`,
      underAttack,
      attack: instance.attack(),
      console: { signedIn: console.view().signedIn },
      ...(lastRdpSignIn ? { rdpSignIn: lastRdpSignIn } : {}),
      accounts: trueAccounts(windows),
    };
  }

  #createDrill(plan: DrillPlan): Drill {
    const target = this.instance(ATTACKED_INSTANCE);
    const administrator = () => target.windows.sam.find('Administrator');
    return new Drill(plan, {
      visited: () => target.server.commands > 0,
      administratorLocked: () => {
        const account = administrator();
        return account !== null && target.windows.sam.isLocked(account, target.windows.now());
      },
      startAttack: () => target.startAttack(),
      stopAttack: () => target.stopAttack(),
      consoleSignIn: () => target.signInAtConsole('Administrator'),
      rdpSignIn: () => target.signInOverRdp('Administrator', this.cloud.adminAddress),
    });
  }

  /** Time alone changes things too: locks and counts run out, and the drill goes on. */
  #tick(lastMs: number): void {
    const { clock } = this.#scheduler;
    this.#endTick = clock.after(TICK_MS, () => {
      const now = clock.now();
      if (!this.#paused) this.#drill?.step((now - lastMs) * this.#scheduler.speed);
      this.changed();
      this.#tick(now);
    });
  }
}
