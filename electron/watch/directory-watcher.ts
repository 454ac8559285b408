import type { ConnectionState } from '../../shared/account-status';
import type { CertificateQuestion, DirectoryId } from '../../shared/directory';
import { type AppError, appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { findControllers } from '../sources/directory/discovery';
import { createSessionPool, type SessionPool } from '../sources/directory/pool';
import type { ControllerSession, SessionFailure } from '../sources/directory/session';
import {
  type RootDse,
  readRootDse,
  readTopology,
  rightDomain,
  type Topology,
} from '../sources/directory/topology';
import { DEFAULT_TIMEOUTS } from '../sources/directory/types';
import type { Clock } from './clock';
import { addressOf, type DirectoryWorld, sessionOptions } from './directory-connections';
import type { FollowedDomain } from './directory-follower';
import type { DirectoryTarget } from './directory-protocol';
import { afterDirectoryFailure, TOPOLOGY_EVERY_MS } from './directory-tuning';
import { backoffMs, SLOW_RETRY_MS, spread } from './schedule';

export interface WatcherState {
  readonly connection: ConnectionState;
  readonly failure: AppError | null;
  readonly nextAttemptAtMs: number | null;
  readonly questions: readonly CertificateQuestion[];
}

export interface DirectoryWatcherOptions {
  readonly target: DirectoryTarget & { readonly id: DirectoryId };
  readonly world: DirectoryWorld;
  readonly followed: FollowedDomain;
  readonly onState: () => void;
}

/** The open way to the controller that decides. */
export interface Deciding {
  readonly session: ControllerSession;
  readonly root: RootDse;
  readonly pool: SessionPool;
  readonly signal: AbortSignal;
}

/** Watches one domain at its PDC emulator: connects, finds out who decides, follows, backs off, waits for the admin. */
export class DirectoryWatcher {
  readonly #options: DirectoryWatcherOptions;
  readonly #life = new AbortController();
  #session: AbortController | undefined;
  #deciding: Deciding | undefined;
  #wake: (() => void) | undefined;
  #suspended = false;
  #retryAllowed = false;
  #failures = 0;
  #questions: readonly CertificateQuestion[] = [];
  #state: Omit<WatcherState, 'questions'> = {
    connection: 'connecting',
    failure: null,
    nextAttemptAtMs: null,
  };
  #running: Promise<void> | undefined;

  constructor(options: DirectoryWatcherOptions) {
    this.#options = options;
  }

  get state(): WatcherState {
    return { ...this.#state, questions: this.#questions };
  }

  /** Undefined while there is no connection to the PDC emulator. */
  get deciding(): Deciding | undefined {
    return this.#deciding?.session.ended ? undefined : this.#deciding;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#life.abort();
    this.#session?.abort();
    this.#wake?.();
    await this.#running;
  }

  /** Something is to be read before its time. */
  hurry(): void {
    if (this.#state.connection !== 'needsAdmin') this.#wake?.();
  }

  reconnect(): void {
    this.#retryAllowed = true;
    this.#failures = 0;
    this.#session?.abort();
    this.#wake?.();
  }

  suspend(): void {
    this.#suspended = true;
    this.#session?.abort();
    this.#wake?.();
  }

  resume(): void {
    this.#suspended = false;
    this.#failures = 0;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#life.signal.aborted) {
      if (this.#suspended) {
        this.#become({ connection: 'waiting', nextAttemptAtMs: null });
        await this.#pause(null, this.#life.signal);
        continue;
      }
      // An exception is a bug; it must not end the watching for good.
      const error = await this.#connectAndFollow().catch(() => appError('app.internal'));
      if (error !== null && !this.#life.signal.aborted) await this.#afterFailure(error);
    }
    this.#become({ connection: 'stopped', nextAttemptAtMs: null });
  }

  /** Why it ended; null when it was ended on purpose. */
  async #connectAndFollow(): Promise<AppError | null> {
    const { target, world, followed } = this.#options;
    const { clock } = world;
    const controller = new AbortController();
    const { signal } = controller;
    this.#session = controller;
    this.#become({ connection: 'connecting', nextAttemptAtMs: null });
    const owner = { kind: 'directory', id: target.id } as const;
    const pool = createSessionPool(sessionOptions(target, owner, world));
    try {
      const opened = await openDeciding(target, world, pool, signal, (topology) =>
        followed.setTopology(topology),
      );
      this.#questions = pool.questions();
      if (!opened.ok) return signal.aborted ? null : opened.error;
      const { session } = opened.value;
      this.#deciding = { ...opened.value, pool, signal };
      let lost: AppError | undefined;
      session.onLost((error) => {
        lost = error;
        controller.abort();
      });
      const until = clock.now() + TOPOLOGY_EVERY_MS;
      this.#become({ connection: 'catchingUp', nextAttemptAtMs: null });
      const failure = await followed.follow(session, opened.value.root, signal, {
        read: () => {
          this.#failures = 0;
          this.#questions = pool.questions();
          this.#become({ connection: 'following', failure: null, nextAttemptAtMs: null });
        },
        pause: (ms) => this.#pause(ms, signal),
        // The role may have moved: who decides is looked up again now and then.
        goesOn: () => clock.now() < until,
      });
      return lost ?? (signal.aborted ? null : failure);
    } finally {
      this.#deciding = undefined;
      controller.abort();
      pool.close();
      this.#session = undefined;
    }
  }

  async #afterFailure(error: AppError): Promise<void> {
    this.#failures += 1;
    this.#retryAllowed = false;
    const next = afterDirectoryFailure(error);
    if (next === 'needsAdmin') {
      this.#become({ connection: 'needsAdmin', failure: error, nextAttemptAtMs: null });
      while (!this.#retryAllowed && !this.#life.signal.aborted) await this.#pause(null, this.#life.signal);
      return;
    }
    const { clock, random } = this.#options.world;
    const ms = next === 'retry' ? backoffMs(this.#failures, random()) : spread(SLOW_RETRY_MS, random());
    this.#become({ connection: 'waiting', failure: error, nextAttemptAtMs: clock.now() + ms });
    await this.#pause(ms, this.#life.signal);
  }

  /** Waits for so long (null: without end), until woken, or until the signal. */
  #pause(ms: number | null, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        signal.removeEventListener('abort', done);
        this.#wake = undefined;
        resolve();
      };
      const cancel = ms === null ? () => undefined : this.#options.world.clock.after(ms, done);
      signal.addEventListener('abort', done, { once: true });
      this.#wake = done;
    });
  }

  #become(state: Partial<Omit<WatcherState, 'questions'>>): void {
    this.#state = { ...this.#state, ...state };
    this.#options.onState();
  }
}

const STOPS_ALL: ReadonlySet<AppError['code']> = new Set<AppError['code']>([
  'directory.certificateChanged',
  'directory.passwordRefused',
  'directory.bindRefused',
  'directory.bindUnanswered',
  'vault.secretMissing',
  'vault.undecryptable',
  'app.cancelled',
]);

/**
 * From any controller of the domain to the one that decides. A certificate that is not the accepted one, and a refused
 * bind, stop everything; a controller that does not answer only makes the next one be asked.
 */
export async function openDeciding(
  { fields }: Pick<DirectoryTarget, 'fields'>,
  world: Pick<DirectoryWorld, 'clock' | 'resolve'>,
  pool: SessionPool,
  signal: AbortSignal,
  onTopology: (topology: Topology) => void,
): Promise<Result<{ readonly session: ControllerSession; readonly root: RootDse }>> {
  const { clock } = world;
  const now = (): number => clock.now();
  const any = await openAny({ fields }, world, pool, signal);
  if (!any.ok) return any;
  const { session, root, topology } = any.value;
  onTopology(topology);
  const { pdcHost } = topology;
  if (pdcHost === null) return err(appError('directory.pdcUnknown', { domain: fields.domain }));
  if (root.hostName?.toLowerCase() === pdcHost.toLowerCase()) {
    pool.alias(pdcHost, session);
    return ok({ session, root });
  }
  const pdc = await pool.get(addressOf(fields, pdcHost), signal);
  if (!pdc.ok) return err(pdc.error.error);
  const itsRoot = await readRootDse(pdc.value, now, signal);
  if (!itsRoot.ok) return itsRoot;
  // Whoever answers under its name must be it.
  if (itsRoot.value.hostName?.toLowerCase() !== pdcHost.toLowerCase()) {
    return err(appError('directory.pdcUnknown', { domain: fields.domain }));
  }
  return ok({ session: pdc.value, root: itsRoot.value });
}

/** The first controller of the domain that answers, and which controllers it knows. */
export async function openAny(
  { fields }: Pick<DirectoryTarget, 'fields'>,
  world: Pick<DirectoryWorld, 'clock' | 'resolve'>,
  pool: SessionPool,
  signal: AbortSignal,
): Promise<
  Result<{ readonly session: ControllerSession; readonly root: RootDse; readonly topology: Topology }>
> {
  const session = await openFirst(fields, world, pool, signal);
  if (!session.ok) return err(session.error.error);
  const root = await readRootDse(session.value, () => world.clock.now(), signal);
  if (!root.ok) return root;
  const elsewhere = rightDomain(root.value, fields.domain, session.value.address.host);
  if (elsewhere) return err(elsewhere);
  const topology = await readTopology(session.value, root.value, signal);
  if (!topology.ok) return topology;
  return ok({ session: session.value, root: root.value, topology: topology.value });
}

async function openFirst(
  fields: DirectoryTarget['fields'],
  { clock, resolve }: { readonly clock: Clock; readonly resolve: DirectoryWorld['resolve'] },
  pool: SessionPool,
  signal: AbortSignal,
): Promise<Result<ControllerSession, SessionFailure>> {
  const found = await findControllers(fields, resolve, clock, DEFAULT_TIMEOUTS.tcpMs);
  if (!found.ok) return err({ error: found.error, verdict: null, step: 'tcp' });
  let failure: SessionFailure = {
    error: appError('directory.controllersNotFound', { domain: fields.domain }),
    verdict: null,
    step: 'tcp',
  };
  for (const address of found.value) {
    const session = await pool.get(address, signal);
    if (session.ok) return session;
    failure = session.error;
    if (STOPS_ALL.has(failure.error.code)) break;
  }
  return err(failure);
}
