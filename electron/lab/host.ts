import type { LabCommand, LabReport } from '../../shared/lab';
import { type Estate, type EstateOptions, startEstate } from './estate';
import { livePlan, oncePlan } from './scenario/drill';

const plans = { live: livePlan, once: oncePlan, none: null } as const;

/** Runs the estate for whoever sends commands; one command at a time, in the order they came. */
export class LabHost {
  readonly #send: (report: LabReport) => void;
  readonly #start: (options: EstateOptions) => Promise<Estate>;
  #estate: Estate | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(send: (report: LabReport) => void, start = startEstate) {
    this.#send = send;
    this.#start = start;
  }

  /** Settles when the command is done; false after `stop`: there is nothing left to do. */
  handle(command: LabCommand): Promise<boolean> {
    const done = this.#queue.then(() => this.#run(command));
    this.#queue = done;
    return done;
  }

  async #run(command: LabCommand): Promise<boolean> {
    if (command.kind === 'start') {
      await this.#begin(command);
      return true;
    }
    if (command.kind === 'stop') {
      await this.#estate?.stop();
      this.#estate = undefined;
      this.#send({ kind: 'stopped' });
      return false;
    }
    const estate = this.#estate;
    if (!estate) {
      this.#send({ kind: 'refused', reason: 'notRunning' });
      return true;
    }
    if (command.kind === 'pause') estate.pause();
    else if (command.kind === 'resume') estate.resume();
    else if (command.kind === 'speed') estate.setSpeed(command.speed);
    else if (!(await estate.trigger(command.trigger))) {
      this.#send({ kind: 'refused', reason: 'unknownInstance' });
    }
    return true;
  }

  async #begin(command: Extract<LabCommand, { kind: 'start' }>): Promise<void> {
    await this.#estate?.stop();
    this.#estate = undefined;
    const { dataDir, seed, speed, drill } = command;
    try {
      const estate = await this.#start({ dataDir, seed, speed, drill: plans[drill] });
      this.#estate = estate;
      estate.onChange((state) => this.#send({ kind: 'state', state }));
      this.#send({
        kind: 'started',
        endpoints: estate.endpoints(),
        state: estate.state(),
        cloud: estate.describeCloud(),
        directory: estate.describeDirectory(),
      });
    } catch (error) {
      // A folder that cannot be written to, or no free port: said, not thrown, for there is nobody above.
      this.#send({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
    }
  }
}
