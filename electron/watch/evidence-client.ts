import { appError } from '../../shared/errors';
import { err, type Result } from '../../shared/result';
import type { Notice, Snapshot } from '../../shared/snapshot';
import type { Clock } from './clock';
import { EXIT_DAMAGED_STORE } from './exit-codes';
import type { HostEvents, HostRequests, HostSettings, MainEvents, MainRequests } from './protocol';
import { createRpc, type HandedPort, type Handlers, type Listeners, type MessageEnd, type Rpc } from './rpc';

/** A started evidence process. */
export interface EvidenceProcess {
  readonly end: MessageEnd;
  /** Called once, with the exit code if there is one. */
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export type ProcessState = Snapshot['evidenceProcess'];

export interface EvidenceClientOptions {
  readonly spawn: () => EvidenceProcess;
  readonly clock: Clock;
  readonly databasePath: string;
  readonly settings: () => HostSettings;
  readonly handlers: Handlers<MainRequests>;
  readonly listeners: Listeners<HostEvents>;
  readonly onState: (state: ProcessState) => void;
  /** After every start: it knows nothing yet. */
  readonly onReady: () => void;
  readonly onNotice: (notice: Notice) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** After so many failures in a row the admin is told; it is tried again all the same. */
const FAILED_AFTER = 5;
const STABLE_AFTER_MS = 60_000;
const OPEN_MS = 120_000;
const CLOSE_MS = 5_000;

/** Starts the evidence process, and starts it again when it dies. */
export class EvidenceClient {
  readonly #options: EvidenceClientOptions;
  #process: EvidenceProcess | undefined;
  #rpc: Rpc<HostRequests, MainEvents> | undefined;
  #state: ProcessState = 'starting';
  #failures = 0;
  #thorough = false;
  #timers = new Set<() => void>();
  #disposed = false;

  constructor(options: EvidenceClientOptions) {
    this.#options = options;
  }

  get state(): ProcessState {
    return this.#state;
  }

  start(): void {
    const child = this.#options.spawn();
    this.#process = child;
    const rpc = createRpc<HostRequests, MainEvents, MainRequests, HostEvents>(
      child.end,
      this.#options.handlers,
      this.#options.listeners,
    );
    this.#rpc = rpc;
    child.onExit((code) => this.#ended(child, code));
    void this.#open(child, rpc);
  }

  request<N extends keyof HostRequests & string>(
    name: N,
    input: HostRequests[N]['input'],
    ports?: readonly HandedPort[],
  ): Promise<Result<HostRequests[N]['output']>> {
    if (this.#state !== 'running' || !this.#rpc) return Promise.resolve(err(appError('store.unavailable')));
    return this.#rpc.request(name, input, ports);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    const child = this.#process;
    const rpc = this.#rpc;
    if (!child || !rpc) return;
    await new Promise<void>((resolve) => {
      child.onExit(() => resolve());
      this.#after(CLOSE_MS, resolve);
      void rpc.request('host.close', null);
    });
    for (const cancel of this.#timers) cancel();
    rpc.close();
    child.kill();
  }

  async #open(child: EvidenceProcess, rpc: Rpc<HostRequests, MainEvents>): Promise<void> {
    const { databasePath, settings, onNotice, onReady, clock } = this.#options;
    const giveUp = this.#after(OPEN_MS, () => child.kill());
    const opened = await rpc.request('host.open', {
      databasePath,
      thorough: this.#thorough,
      settings: settings(),
    });
    giveUp();
    if (this.#process !== child || this.#disposed) return;
    if (!opened.ok) {
      onNotice({
        id: 'store.notOpened',
        severity: 'error',
        message: { key: 'notice.store.notOpened', params: { code: opened.error.code, file: databasePath } },
        atMs: clock.now(),
      });
      child.kill();
      return;
    }
    this.#thorough = false;
    if (opened.value.keptAside !== null) {
      onNotice({
        id: 'store.keptAside',
        severity: 'error',
        message: { key: 'notice.store.keptAside', params: { aside: opened.value.keptAside } },
        atMs: clock.now(),
      });
    }
    this.#after(STABLE_AFTER_MS, () => {
      if (this.#process === child) this.#failures = 0;
    });
    this.#become('running');
    onReady();
  }

  #ended(child: EvidenceProcess, code: number | null): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    this.#rpc?.close();
    this.#rpc = undefined;
    if (this.#disposed) return;
    if (code === EXIT_DAMAGED_STORE) this.#thorough = true;
    this.#failures += 1;
    this.#become(this.#failures >= FAILED_AFTER ? 'failed' : 'restarting');
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (this.#failures - 1), LONGEST_WAIT_MS);
    this.#after(wait, () => this.start());
  }

  #become(state: ProcessState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #after(ms: number, run: () => void): () => void {
    const cancel = this.#options.clock.after(ms, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }
}
