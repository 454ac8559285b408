import { type AppError, appError } from '../../shared/errors';
import type { InstanceId } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { AccountAccess } from '../sources/source';
import type { Forward, ForwardPlace } from '../sources/ssh/forward';
import type { EvidenceStore } from '../storage/evidence-store';
import type { Clock } from './clock';
import { within } from './deadline';
import { InstanceEvidence } from './instance-evidence';
import { InstancePublisher } from './instance-publisher';
import { createLimiter } from './limiter';
import type { HostEvents, HostSettings, WatcherReport, WatchTarget } from './protocol';
import type { Connection, Connections } from './ssh-connections';
import { TUNING } from './tuning';
import { Watcher } from './watcher';

export interface WatchedFleetOptions {
  readonly store: EvidenceStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly connections: Connections;
  readonly settings: () => HostSettings;
  readonly publish: (message: HostEvents['instance.changed']) => void;
  readonly onStore: (id: InstanceId, error: AppError | null) => void;
}

interface Watched {
  readonly target: WatchTarget;
  readonly text: string;
  readonly connection: Connection;
  readonly watcher: Watcher | null;
  /** Settles when the watcher has been started. */
  readonly started: Promise<void>;
  stopped: boolean;
}

/** Connections that are being made, with their first readings, at once. */
const CONNECTING_AT_ONCE = 12;
const FORGET_PAUSE_MS = 5;

/** A turn for everything else that waits. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** All watchers of the evidence process. */
export class WatchedFleet {
  readonly #options: WatchedFleetOptions;
  readonly #connecting = createLimiter(CONNECTING_AT_ONCE);
  readonly #publisher: InstancePublisher;
  readonly #watched = new Map<InstanceId, Watched>();
  readonly #evidence = new Map<InstanceId, Promise<InstanceEvidence>>();
  #opening: Promise<unknown> = Promise.resolve();
  #suspended = false;

  constructor(options: WatchedFleetOptions) {
    this.#options = options;
    this.#publisher = new InstancePublisher({ clock: options.clock, send: options.publish });
  }

  /** Starts, changes and stops watchers so that these instances are watched, and no others. */
  async set(targets: readonly WatchTarget[]): Promise<void> {
    const wanted = new Map(targets.map((target) => [target.id, target]));
    const stopping: Promise<void>[] = [];
    for (const [id, watched] of this.#watched) {
      const target = wanted.get(id);
      if (target && JSON.stringify(target) === watched.text) wanted.delete(id);
      else {
        stopping.push(this.#stop(watched));
        this.#watched.delete(id);
        if (!target) this.#publisher.forget(id);
      }
    }
    await Promise.all(stopping);
    for (const target of wanted.values()) this.#start(target);
  }

  refresh(id: InstanceId): Result<null> {
    return this.#with(id, ({ watcher }) => watcher?.refresh());
  }

  reconnect(id: InstanceId): Result<null> {
    return this.#with(id, ({ watcher, connection }) => {
      connection.forgetRefusals();
      watcher?.reconnect();
    });
  }

  /** A connection through the instance's SSH profile, over its open session where there is one. */
  async forward(id: InstanceId, place: ForwardPlace, signal: AbortSignal): Promise<Result<Forward>> {
    const watched = this.#watched.get(id);
    return watched ? watched.connection.forward(place, signal) : err(appError('app.notFound'));
  }

  /** Looks at one account on the instance, or unlocks it there, over the session that is open now. */
  account<T>(
    id: InstanceId,
    run: (accounts: AccountAccess, signal: AbortSignal) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const open = this.#watched.get(id)?.watcher?.open;
    const accounts = open?.session.accounts;
    if (!open || !accounts) return Promise.resolve(err(appError('account.notConnected')));
    return within(this.#options.clock, TUNING.accountMs, open.signal, (signal) => run(accounts, signal));
  }

  /** The connected instances that are domain controllers, with their domains. */
  controllers(): { readonly id: InstanceId; readonly domain: string | null }[] {
    return [...this.#watched].flatMap(([id, { watcher }]) =>
      watcher?.open && watcher.facts?.role === 'domainController'
        ? [{ id, domain: watcher.facts.domain }]
        : [],
    );
  }

  suspend(): void {
    this.#suspended = true;
    for (const { watcher } of this.#watched.values()) watcher?.suspend();
  }

  resume(): void {
    this.#suspended = false;
    for (const { watcher } of this.#watched.values()) watcher?.resume();
  }

  /** Removes all evidence of instances that are watched no more, in small steps. */
  async forget(ids: readonly InstanceId[]): Promise<Result<null>> {
    const { store, clock } = this.#options;
    for (const id of ids) {
      const watched = this.#watched.get(id);
      if (watched) await this.#stop(watched);
      this.#watched.delete(id);
      this.#publisher.forget(id);
      this.#evidence.delete(id);
      for (;;) {
        const removed = store.removeInstance(id);
        if (!removed.ok) return removed;
        if (removed.value) break;
        await new Promise<void>((resolve) => clock.after(FORGET_PAUSE_MS, resolve));
      }
    }
    return ok(null);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#watched.values()].map((watched) => this.#stop(watched)));
    this.#watched.clear();
    this.#publisher.dispose();
  }

  #with(id: InstanceId, run: (watched: Watched) => void): Result<null> {
    const watched = this.#watched.get(id);
    if (!watched) return err(appError('app.notFound'));
    run(watched);
    return ok(null);
  }

  #start(target: WatchTarget): void {
    const { clock, random, connections, settings, onStore } = this.#options;
    const connection = connections.open({ kind: 'instance', id: target.id }, target.id, target);
    const evidence = this.#open(target.id);
    let begin: (watcher: Watcher | null) => void = () => undefined;
    const started = new Promise<Watcher | null>((resolve) => {
      begin = resolve;
    });
    const watched: { -readonly [K in keyof Watched]: Watched[K] } = {
      target,
      text: JSON.stringify(target),
      connection,
      watcher: null,
      started: started.then(() => undefined),
      stopped: false,
    };
    this.#watched.set(target.id, watched);
    void evidence.then((known) => {
      if (watched.stopped) return begin(null);
      if (target.level === 'off') {
        this.#publisher.changed(offReport(target.id, known), known.model);
        return begin(null);
      }
      const watcher = new Watcher({
        target,
        evidence: known,
        connect: (signal) => connection.connect(signal),
        question: () => connection.question(),
        clock,
        random,
        connecting: this.#connecting,
        settings,
        onChange: (report, model) => {
          if (!watched.stopped) this.#publisher.changed(report, model);
        },
        onStore: (error) => onStore(target.id, error),
      });
      watched.watcher = watcher;
      if (this.#suspended) watcher.suspend();
      watcher.start();
      begin(watcher);
    });
  }

  async #stop(watched: Watched): Promise<void> {
    watched.stopped = true;
    await watched.started;
    await watched.watcher?.stop();
    const evidence = await this.#evidence.get(watched.target.id);
    const saved = evidence?.save();
    if (saved && !saved.ok) this.#options.onStore(watched.target.id, saved.error);
  }

  /** One after the other: a long history is folded again in turns. */
  #open(id: InstanceId): Promise<InstanceEvidence> {
    const known = this.#evidence.get(id);
    if (known) return known;
    const evidence = new InstanceEvidence(id, this.#options.store, () => this.#options.clock.now());
    const opened = this.#opening.then(async () => {
      const result = await evidence.open(pause);
      if (!result.ok) this.#options.onStore(id, result.error);
      return evidence;
    });
    this.#opening = opened;
    this.#evidence.set(id, opened);
    return opened;
  }
}

const offReport = (id: InstanceId, evidence: InstanceEvidence): WatcherReport => ({
  id,
  connection: 'off',
  failure: null,
  nextAttemptAtMs: null,
  catchUpProgress: null,
  checkedAtMs: null,
  computer: evidence.model.computer,
  system: null,
  clockOffsetMs: null,
  clientAddress: null,
  eventsStored: evidence.eventsStored,
  brokenRecords: evidence.brokenRecords,
  doubts: [],
  question: null,
});
