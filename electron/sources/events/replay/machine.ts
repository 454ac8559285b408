import { hostLabel } from '../../../../shared/domain-account';
import type { EventRecord } from '../../../../shared/evidence';
import type { ReplayPolicy } from '../../../../shared/replay';
import { type Filetime, TICKS_PER_MINUTE } from '../../../../shared/time';
import { applyEvents, applyPolicy, type Effect, effectOf, emptyModel } from '../../../lockout';
import type { InstanceModel, InstanceRole } from '../../../lockout/types';
import { AccountTally } from './account-tally';

const BATCH = 1000;

/** One computer of a recorded log: its model, and the plain counts that the model's bounds do not touch. */
export class Machine {
  readonly label: string;
  readonly tally = new AccountTally();
  model: InstanceModel;
  #waiting: EventRecord[] = [];

  constructor(
    /** As it was first written. */
    readonly computer: string,
    readonly role: InstanceRole,
    policy: ReplayPolicy | null,
  ) {
    this.label = hostLabel(computer);
    const model = emptyModel(role, computer);
    this.model = policy === null ? model : applyPolicy(model, reading(policy, role), 0n);
  }

  effect(event: EventRecord): Effect {
    return effectOf(event, { computer: this.label, role: this.role });
  }

  add(event: EventRecord, effect: Effect): void {
    if (effect.type === 'row') this.tally.add(effect.account, effect.row, event);
    if (effect.type === 'nothing') this.tally.ignore(effect.reason, event);
    this.#waiting.push(event);
    if (this.#waiting.length >= BATCH) this.flush();
  }

  flush(): void {
    this.model = applyEvents(this.model, this.#waiting);
    this.#waiting = [];
  }

  get end(): Filetime {
    return this.model.lastEventAt;
  }
}

function reading(policy: ReplayPolicy, role: InstanceRole): Parameters<typeof applyPolicy>[1] {
  const { threshold, windowMinutes, durationMinutes } = policy;
  return {
    policy: {
      threshold,
      observationWindow: BigInt(windowMinutes) * TICKS_PER_MINUTE,
      lockoutDuration: durationMinutes === 0 ? 'untilAdmin' : BigInt(durationMinutes) * TICKS_PER_MINUTE,
      lockoutAdmins: 'unknown',
      source: role === 'domainController' ? 'domain' : 'local',
    },
    warnings: [],
  };
}
