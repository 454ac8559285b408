import type { LabClock } from '../clock';
import { ECS_VERSION, ecsActions } from './actions';
import type { PowerTimes, Rulebook } from './actions/call';
import { assumeRole, STS_VERSION } from './assume-role';
import { EcsError, notAuthorized } from './error';
import { errorOf, type Faults, takesEffect } from './faults';
import type { ParsedRequest } from './http-request';
import { answerOf, broken, type Outcome } from './outcome';
import { askedParameters, loggableParameters, type Parameters } from './parameters';
import { TokenReplay } from './replay';
import { type Authenticator, createAuthenticator } from './signature/authenticate';
import type { AccessKey } from './signature/keys';
import type { Store } from './store';
import { type CallsPerMinute, Throttle } from './throttle';
import type { EcsLimits, EcsState, JsonObject } from './types';

/** One call as it was made and answered. No secret is in it. */
export interface CallRecord {
  readonly atMs: number;
  readonly action: string;
  readonly parameters: Parameters;
  readonly accessKeyId: string | null;
  readonly requestId: string;
  readonly status: number;
  /** Null: it succeeded. */
  readonly code: string | null;
  /** Whether its effect happened, answered or not. */
  readonly effect: boolean;
  /** Whether an answer that says so was sent. */
  readonly answered: boolean;
}

export interface CallInProgress {
  readonly action: string;
  readonly parameters: Parameters;
  /** Counts the calls of this stand-in from 1. */
  readonly number: number;
}

/** Where a test steps in: before a call has any effect, and after it while no answer is sent yet. */
export interface Hooks {
  readonly before?: (call: CallInProgress) => void | Promise<void>;
  readonly after?: (call: CallInProgress) => void | Promise<void>;
}

export interface GatewayOptions {
  readonly clock: LabClock;
  readonly store: Store;
  readonly keys: Map<string, AccessKey>;
  readonly faults: Faults;
  readonly roles: readonly string[];
  readonly limits: EcsLimits;
  readonly callsPerMinute: CallsPerMinute;
  readonly rulebook: Rulebook;
  readonly latencyMs: number;
  readonly rememberNonces: boolean;
  readonly hooks: Hooks;
  readonly newRequestId: () => string;
  readonly power: PowerTimes;
  readonly onPassword: (instanceId: string, password: string) => void;
}

/** Takes a request through signature, throttling, permissions, token replay and faults to its action. */
export class Gateway {
  readonly throttle: Throttle;
  hooks: Hooks;
  latencyMs: number;
  readonly #options: GatewayOptions;
  readonly #authenticator: Authenticator;
  readonly #replay = new TokenReplay();
  #calls: CallRecord[] = [];
  #number = 0;
  #stopped = false;
  #ids = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.throttle = new Throttle(options.callsPerMinute);
    this.hooks = options.hooks;
    this.latencyMs = options.latencyMs;
    this.#authenticator = createAuthenticator(
      options.keys,
      () => options.clock.now(),
      options.rememberNonces,
    );
  }

  get calls(): readonly CallRecord[] {
    return this.#calls;
  }

  clearCalls(): void {
    this.#calls = [];
  }

  /** What was still to happen happens no more. */
  stop(): void {
    this.#stopped = true;
  }

  async handle(request: ParsedRequest): Promise<Outcome> {
    const requestId = this.#options.newRequestId();
    const parameters = askedParameters(request.parameters);
    const progress = {
      action: request.action,
      parameters: loggableParameters(parameters),
      number: ++this.#number,
    };
    const fault = this.#options.faults.take(request.action);
    await this.#wait(this.latencyMs + (fault?.kind === 'slow' ? fault.delayMs : 0));
    await this.hooks.before?.(progress);
    let key: AccessKey | null = null;
    let effect = false;
    let result: JsonObject | EcsError;
    try {
      key = this.#authenticator.check(request);
      if (fault && !takesEffect(fault)) throw errorOf(fault, request.action) ?? new Stopped();
      result = this.#run(request, key);
      effect = true;
      const late = fault && errorOf(fault, request.action);
      if (late) result = late;
    } catch (thrown) {
      if (thrown instanceof EcsError) result = thrown;
      else if (thrown instanceof Stopped) result = {};
      else throw thrown;
    }
    const error = result instanceof EcsError ? result : null;
    const outcome = broken(fault, key !== null) ?? answerOf(request.action, requestId, result);
    this.#calls.push({
      atMs: this.#options.clock.now(),
      ...progress,
      accessKeyId: key?.id ?? null,
      requestId,
      status: typeof outcome === 'string' ? (outcome === 'html502' ? 502 : 0) : outcome.status,
      code: error?.code ?? null,
      effect,
      answered: effect && typeof outcome !== 'string' && error === null,
    });
    await this.hooks.after?.(progress);
    return outcome;
  }

  /** One action without signature, throttling and faults: somebody else at work. */
  act(action: string, parameters: Parameters): JsonObject {
    return this.#perform(action, parameters);
  }

  #run(request: ParsedRequest, key: AccessKey): JsonObject {
    const { clock } = this.#options;
    const parameters = askedParameters(request.parameters);
    if (request.version === STS_VERSION && request.action === 'AssumeRole') {
      if (key.denied.has('sts:AssumeRole')) throw notAuthorized('sts:AssumeRole');
      const context = { roles: this.#options.roles, nowMs: clock.now(), newId: this.#newId };
      const assumed = assumeRole(parameters, key, context);
      this.#options.keys.set(assumed.key.id, assumed.key);
      return assumed.body;
    }
    if (!ecsActions.has(request.action)) {
      throw new EcsError(404, 'InvalidAction.NotFound', 'The specified action is not found.');
    }
    if (request.version !== ECS_VERSION) {
      throw new EcsError(400, 'InvalidVersion', 'The specified Version is not valid.');
    }
    this.throttle.count(request.action, clock.now());
    if (key.denied.has(`ecs:${request.action}`)) throw notAuthorized(`ecs:${request.action}`);
    return this.#perform(request.action, parameters);
  }

  #perform(name: string, parameters: Parameters): JsonObject {
    const action = ecsActions.get(name);
    if (!action) throw new Error(`No action ${name}`);
    const replayed = action.token ? this.#replay.find(name, parameters) : undefined;
    if (replayed) return replayed;
    const { clock, store, limits, rulebook, power, onPassword } = this.#options;
    const nowMs = clock.now();
    const body = action.run({
      parameters,
      state: store.latest,
      described: store.described,
      nowMs,
      now: () => new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z'),
      newId: this.#newId,
      limits,
      rules: rulebook,
      power,
      write: (state) => store.write(state),
      later: (ms, change) => this.#later(ms, change),
      tellPassword: onPassword,
    });
    if (action.token) this.#replay.remember(name, parameters, body);
    return body;
  }

  readonly #newId = (prefix: string): string => `${prefix}-standin${String(++this.#ids).padStart(6, '0')}`;

  #later(ms: number, change: (state: EcsState) => EcsState): void {
    const { clock, store } = this.#options;
    const apply = () => {
      if (!this.#stopped) store.write(change(store.latest));
    };
    if (ms <= 0) apply();
    else clock.after(ms, apply);
  }

  #wait(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#options.clock.after(ms, resolve);
    });
  }
}

/** Ends a call before its effect without an error of the interface. */
class Stopped extends Error {}
