import type { InstanceId } from '../../shared/instance';
import { type AccountRecord, type InstanceModel, withoutFoldState } from '../lockout';
import type { Clock } from './clock';
import type { HostEvents, ModelDelta, WatcherReport } from './protocol';

type Message = HostEvents['instance.changed'];

export interface InstancePublisherOptions {
  readonly clock: Clock;
  readonly send: (message: Message) => void;
}

/** Changes of one instance are told at most this often, in milliseconds. */
const EVERY_MS = 200;
/** Accounts in one message: taking one apart must not hold up main. */
const MOST_ACCOUNTS = 24;
/** Instances told in one go; the others follow in the next turn. */
const MOST_INSTANCES = 16;

interface Told {
  report: WatcherReport;
  model: InstanceModel;
  sentRest: InstanceModel | undefined;
  readonly sentAccounts: Map<string, AccountRecord>;
}

/** Tells main what changed of each instance: seldom, in small pieces, each account only when it is another one. */
export class InstancePublisher {
  readonly #options: InstancePublisherOptions;
  readonly #told = new Map<InstanceId, Told>();
  readonly #dirty = new Set<InstanceId>();
  #cancel: (() => void) | undefined;

  constructor(options: InstancePublisherOptions) {
    this.#options = options;
  }

  changed(report: WatcherReport, model: InstanceModel): void {
    const told = this.#told.get(report.id);
    if (told) {
      told.report = report;
      told.model = model;
    } else {
      this.#told.set(report.id, { report, model, sentRest: undefined, sentAccounts: new Map() });
    }
    this.#dirty.add(report.id);
    this.#cancel ??= this.#options.clock.after(this.#dirty.size === 1 ? 0 : EVERY_MS, () => this.#flush());
  }

  forget(id: InstanceId): void {
    this.#told.delete(id);
    this.#dirty.delete(id);
  }

  dispose(): void {
    this.#cancel?.();
    this.#dirty.clear();
    this.#told.clear();
  }

  #flush(): void {
    this.#cancel = undefined;
    let turns = MOST_INSTANCES;
    for (const id of [...this.#dirty]) {
      if (turns-- === 0) break;
      this.#dirty.delete(id);
      const told = this.#told.get(id);
      if (!told) continue;
      const { message, more } = next(told);
      this.#options.send(message);
      if (more) this.#dirty.add(id);
    }
    // Also when nothing is waiting: what comes within the interval waits for its end.
    this.#cancel = this.#options.clock.after(EVERY_MS, () => {
      this.#cancel = undefined;
      if (this.#dirty.size > 0) this.#flush();
    });
  }
}

function next(told: Told): { message: Message; more: boolean } {
  const { model, report, sentAccounts } = told;
  const whole = told.sentRest === undefined;
  if (model === told.sentRest) return { message: { report, model: null }, more: false };
  const changed = [...model.accounts].filter(([key, record]) => sentAccounts.get(key) !== record);
  if (changed.length > MOST_ACCOUNTS) inOrderOfNeed(changed, sentAccounts);
  const accounts = changed.slice(0, MOST_ACCOUNTS);
  const removed = [...sentAccounts.keys()].filter((key) => !model.accounts.has(key));
  for (const [key, record] of accounts) {
    // Put last: the map's order is that of sending.
    sentAccounts.delete(key);
    sentAccounts.set(key, record);
  }
  for (const key of removed) sentAccounts.delete(key);
  const more = changed.length > accounts.length;
  // While accounts are missing, the model has not been told as a whole.
  if (!more) told.sentRest = model;
  else told.sentRest ??= { ...model, accounts: new Map() };
  const { accounts: _accounts, ...rest } = withoutFoldState(model);
  const delta: ModelDelta = { rest, accounts, removed, whole };
  return { message: { report, model: delta }, more };
}

/** When not all fits: first what was locked or unlocked since it was told, then what was told longest ago. */
function inOrderOfNeed(changed: [string, AccountRecord][], sent: ReadonlyMap<string, AccountRecord>): void {
  const turns = new Map([...sent.keys()].map((key, index) => [key, index]));
  const urgent = ([key, record]: [string, AccountRecord]): number =>
    (sent.get(key)?.state.lock ?? null) === record.state.lock ? 0 : 1;
  changed.sort((a, b) => urgent(b) - urgent(a) || (turns.get(a[0]) ?? -1) - (turns.get(b[0]) ?? -1));
}
