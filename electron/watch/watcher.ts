import type { ConnectionState } from '../../shared/account-status';
import { type AppError, appError } from '../../shared/errors';
import type { HostKeyQuestion } from '../../shared/instance';
import { err, type Result } from '../../shared/result';
import type { InstanceModel } from '../lockout';
import type { InstanceFacts, InstanceSession } from '../sources/source';
import type { Clock } from './clock';
import { within } from './deadline';
import { Follower, type FollowerState } from './follower';
import type { InstanceEvidence } from './instance-evidence';
import type { Limiter } from './limiter';
import type { WatcherReport, WatchTarget } from './protocol';
import { afterFailure, backoffMs, type PollSettings, SLOW_RETRY_MS, spread } from './schedule';
import { TUNING } from './tuning';

export interface WatcherOptions {
  readonly target: WatchTarget;
  readonly evidence: InstanceEvidence;
  /** One attempt; the host key that it stopped at, if it did, is told by `question`. */
  readonly connect: (signal: AbortSignal) => Promise<Result<InstanceSession>>;
  readonly question: () => HostKeyQuestion | null;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Bounds how many instances connect at once. */
  readonly connecting: Limiter;
  readonly settings: () => PollSettings;
  readonly onChange: (report: WatcherReport, model: InstanceModel) => void;
  /** Evidence could not be stored, or can again (null). */
  readonly onStore: (error: AppError | null) => void;
}

/** A session that is open now, and the signal that fires when it ends. */
export interface OpenSession {
  readonly session: InstanceSession;
  readonly signal: AbortSignal;
}

/** Ends a session for a reason that is no failure. */
type Interruption = 'stopped' | 'suspended' | 'reconnect';

/** Watches one instance: connects, catches up, follows, backs off, waits for the admin. */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #life = new AbortController();
  #session: AbortController | undefined;
  #open: OpenSession | undefined;
  #interruption: Interruption | undefined;
  #wake: (() => void) | undefined;
  #suspended = false;
  #resumed = false;
  #retryAllowed = false;
  #failures = 0;
  #connection: ConnectionState = 'connecting';
  #failure: AppError | null = null;
  #nextAttemptAtMs: number | null = null;
  #question: HostKeyQuestion | null = null;
  #running: Promise<void> | undefined;
  readonly #follower: Follower;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#follower = new Follower({
      target: options.target,
      evidence: options.evidence,
      clock: options.clock,
      random: options.random,
      settings: options.settings,
      onChange: () => this.#tell(),
      onStore: options.onStore,
      pause: (ms) => this.#pause(ms, this.#session?.signal),
    });
  }

  /** What can be asked of the instance now; undefined while it is not connected. */
  get open(): OpenSession | undefined {
    return this.#open;
  }

  /** What the instance said of itself; null before it has. */
  get facts(): InstanceFacts | null {
    return this.#follower.state().facts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#interrupt('stopped');
    this.#life.abort();
    this.#wake?.();
    await this.#running;
  }

  /** Reads everything again now. What waits for the admin goes on waiting. */
  refresh(): void {
    this.#follower.readAllNow();
    if (this.#connection !== 'needsAdmin') this.#wake?.();
  }

  /** The admin has done something about it: try again now. */
  reconnect(): void {
    this.#retryAllowed = true;
    this.#resumed = false;
    this.#failures = 0;
    this.#interrupt('reconnect');
    this.#wake?.();
  }

  suspend(): void {
    this.#suspended = true;
    this.#interrupt('suspended');
    this.#wake?.();
  }

  resume(): void {
    if (!this.#suspended) return;
    this.#suspended = false;
    this.#resumed = true;
    this.#failures = 0;
    this.#wake?.();
  }

  #interrupt(why: Interruption): void {
    if (!this.#session) return;
    this.#interruption ??= why;
    this.#session.abort();
  }

  async #run(): Promise<void> {
    while (!this.#life.signal.aborted) {
      if (this.#suspended) {
        this.#become('waiting', { nextAttemptAtMs: null });
        await this.#pause(null, this.#life.signal);
        continue;
      }
      if (this.#resumed) {
        this.#resumed = false;
        await this.#pauseUntil(this.#options.random() * TUNING.resumeWithinMs);
        if (this.#suspended || this.#life.signal.aborted) continue;
      }
      // An exception is a bug; it must not end the watching of the others, nor of this one for good.
      const error = await this.#connectAndFollow().catch(() => appError('app.internal'));
      if (error !== null) await this.#afterFailure(error);
    }
    this.#become('stopped', { nextAttemptAtMs: null });
  }

  /** The failure that ended it; null when it was ended on purpose. */
  async #connectAndFollow(): Promise<AppError | null> {
    const { clock, connecting, connect } = this.#options;
    const controller = new AbortController();
    this.#session = controller;
    this.#interruption = undefined;
    this.#become('connecting', { nextAttemptAtMs: null });
    let lost: AppError | undefined;
    let open: InstanceSession | undefined;
    let release: () => void = () => undefined;
    try {
      // The place is kept until the first readings are in: they cost both sides more than connecting.
      const session = await new Promise<Result<InstanceSession>>((resolve) => {
        connecting
          .run(controller.signal, async () => {
            const connected = await within(clock, TUNING.connectMs, controller.signal, connect, (late) => {
              void late.close();
            });
            const begun = new Promise<void>((done) => (release = done));
            resolve(connected);
            if (connected.ok) await begun;
          })
          .catch(() => resolve(err(appError('app.cancelled'))));
      });
      if (!session.ok) return this.#interruption ? null : session.error;
      this.#question = null;
      session.value.onLost((error) => {
        lost = error;
        controller.abort();
      });
      open = session.value;
      this.#open = { session: open, signal: controller.signal };
      const failure = await this.#follower.follow(session.value, controller.signal, {
        begun: () => release(),
        became: (connection) => {
          this.#failures = 0;
          this.#failure = null;
          this.#become(connection, { nextAttemptAtMs: null });
        },
      });
      return this.#interruption ? null : (lost ?? failure);
    } finally {
      release();
      this.#open = undefined;
      controller.abort();
      await open?.close().catch(() => undefined);
      this.#session = undefined;
    }
  }

  async #afterFailure(error: AppError): Promise<void> {
    this.#failure = error;
    this.#failures += 1;
    this.#retryAllowed = false;
    const next = afterFailure(error);
    if (next === 'needsAdmin') {
      this.#question = this.#options.question();
      this.#become('needsAdmin', { nextAttemptAtMs: null });
      while (!this.#retryAllowed && !this.#life.signal.aborted) await this.#pause(null, this.#life.signal);
      return;
    }
    const { random } = this.#options;
    const ms = next === 'retry' ? backoffMs(this.#failures, random()) : spread(SLOW_RETRY_MS, random());
    await this.#pauseUntil(ms);
  }

  async #pauseUntil(ms: number): Promise<void> {
    this.#become('waiting', { nextAttemptAtMs: this.#options.clock.now() + ms });
    await this.#pause(ms, this.#life.signal);
  }

  /** Waits for so long (null: without end), until woken, or until the signal. */
  #pause(ms: number | null, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        signal?.removeEventListener('abort', done);
        this.#wake = undefined;
        resolve();
      };
      const cancel = ms === null ? () => undefined : this.#options.clock.after(ms, done);
      signal?.addEventListener('abort', done, { once: true });
      this.#wake = done;
    });
  }

  #become(connection: ConnectionState, { nextAttemptAtMs }: { nextAttemptAtMs: number | null }): void {
    this.#connection = connection;
    this.#nextAttemptAtMs = nextAttemptAtMs;
    this.#tell();
  }

  #tell(): void {
    const { target, evidence, onChange } = this.#options;
    const state: FollowerState = this.#follower.state();
    onChange(
      {
        id: target.id,
        connection: this.#connection,
        failure: this.#failure ?? state.storeFailure,
        nextAttemptAtMs: this.#nextAttemptAtMs,
        catchUpProgress: this.#connection === 'catchingUp' ? state.progress : null,
        checkedAtMs: state.checkedAtMs,
        computer: state.facts?.computer ?? evidence.model.computer,
        system: state.facts?.system ?? null,
        clockOffsetMs: state.facts?.clockOffsetMs ?? null,
        clientAddress: state.facts?.clientAddress ?? null,
        eventsStored: evidence.eventsStored,
        brokenRecords: evidence.brokenRecords,
        doubts: state.doubts,
        question: this.#question,
      },
      state.model,
    );
  }
}
