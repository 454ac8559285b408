import { hostLabel } from '../../../shared/domain-account';
import { appError } from '../../../shared/errors';
import type { EventRecord } from '../../../shared/evidence';
import type { ReplayPolicy, ReplayReport } from '../../../shared/replay';
import { inReadingOrder, roleFromEvents } from '../../lockout';
import type { InstanceRole } from '../../lockout/types';
import { EventXmlReader, readEvents } from './reader';
import { Machine } from './replay/machine';
import { buildReport } from './replay/report';
import { Survey } from './replay/survey';

export interface ReplayOptions {
  /** How the log is called in the report. */
  readonly file: string;
  /** Null: unknown, and then nothing is concluded that needs one. */
  readonly policy: ReplayPolicy | null;
  /** The admin's own addresses. */
  readonly ownAddresses?: readonly string[];
  readonly signal?: AbortSignal;
  /** Bytes read so far of this look at the log; a log that is out of order is looked at twice. */
  readonly onProgress?: (bytesRead: number) => void;
}

/** A log of more computers than this is followed for the first of them only. */
const MOST_COMPUTERS = 256;
/** Events that matter to the model and can be held to be put in order. */
const MOST_SORTED = 300_000;

type Roles = ReadonlyMap<string, InstanceRole>;

/** One look through the log. */
class Look {
  readonly reader = new EventXmlReader();
  readonly survey = new Survey();
  readonly machines = new Map<string, Machine>();
  /** Domain controllers that were not known to be such when this look began. */
  readonly controllers = new Map<string, InstanceRole>();
  tooLarge = false;
  readonly #held: EventRecord[] = [];

  constructor(
    readonly options: ReplayOptions,
    readonly roles: Roles,
    /** Hold the events back and fold them in the order of time. */
    readonly sort: boolean,
  ) {}

  add(event: EventRecord): void {
    if (!this.survey.add(event)) return;
    const label = hostLabel(event.computer);
    if (!this.roles.has(label) && roleFromEvents([event]) === 'domainController') {
      this.controllers.set(label, 'domainController');
    }
    const machine = this.#machine(event.computer, label);
    if (!machine) return;
    const effect = machine.effect(event);
    if (!this.sort) machine.add(event, effect);
    else if (effect.type === 'nothing') machine.tally.ignore(effect.reason, event);
    else if (this.#held.length < MOST_SORTED) this.#held.push(event);
    else this.tooLarge = true;
  }

  end(): void {
    for (const event of inReadingOrder(this.#held)) {
      const machine = this.machines.get(hostLabel(event.computer));
      machine?.add(event, machine.effect(event));
    }
    for (const machine of this.machines.values()) machine.flush();
  }

  #machine(computer: string, label: string): Machine | undefined {
    const known = this.machines.get(label);
    if (known || this.machines.size >= MOST_COMPUTERS) return known;
    const made = new Machine(computer, this.roles.get(label) ?? 'unknown', this.options.policy);
    this.machines.set(label, made);
    return made;
  }
}

async function look(open: () => AsyncIterable<Uint8Array>, made: Look): Promise<Look> {
  const { reader, options } = made;
  for await (const batch of readEvents(open(), reader)) {
    if (options.signal?.aborted) return made;
    for (const event of batch) made.add(event);
    options.onProgress?.(reader.bytes);
  }
  made.end();
  return made;
}

/**
 * Reads a recorded log and says what the lockout model makes of it: one model a computer, judged as of the log's last
 * event. `open` gives the log's bytes from the start; it is called a second time when the first look shows that a
 * computer is a domain controller, or that the events are not in order. Failures are in the report's `problem`.
 */
export async function replayLog(
  open: () => AsyncIterable<Uint8Array>,
  options: ReplayOptions,
): Promise<ReplayReport> {
  let seen = await look(open, new Look(options, new Map(), false));
  const again = seen.survey.unordered || seen.controllers.size > 0;
  if (again && !options.signal?.aborted) {
    seen = await look(open, new Look(options, seen.controllers, seen.survey.unordered));
  }
  const { reader, survey, machines } = seen;
  const { file } = options;
  const problem = options.signal?.aborted
    ? appError('app.cancelled')
    : reader.bytes === 0
      ? appError('log.empty', { file })
      : survey.events === 0
        ? appError('log.noEvents', { file })
        : seen.tooLarge
          ? appError('log.unordered', { file })
          : null;
  const { policy, ownAddresses = [] } = options;
  return buildReport({
    file,
    problem,
    policy,
    ownAddresses,
    reader,
    survey,
    machines: [...machines.values()],
  });
}
