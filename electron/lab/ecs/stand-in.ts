import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type LabClock, systemClock } from '../clock';
import { listenOn } from '../listening';
import { documentedRules, type PowerTimes } from './actions/call';
import { buildState, type EstateSpec } from './estate-spec';
import { Faults } from './faults';
import { type CallRecord, Gateway, type Hooks } from './gateway';
import { closeServer, createHttpServer } from './http-server';
import { allowsPacket, type Packet } from './reachability';
import { type AccessKey, permanentKey } from './signature/keys';
import { Store, withEntry, withoutEntry } from './store';
import type { CallsPerMinute } from './throttle';
import type { EcsInstance, EcsLimits, EcsRule, EcsState, JsonObject } from './types';
import { documentedLimits } from './types';

/** The key that a stand-in knows unless told otherwise. It guards nothing real. */
export const STAND_IN_KEY = { id: 'stand-in-key', secret: 'stand-in-secret' } as const;
export const STAND_IN_ROLE = 'acs:ram::1000000000000000:role/stand-in';

export interface EcsStandInOptions {
  readonly estate: EstateSpec;
  readonly clock?: LabClock;
  readonly keys?: readonly AccessKey[];
  readonly roles?: readonly string[];
  readonly limits?: Partial<EcsLimits>;
  readonly callsPerMinute?: CallsPerMinute;
  /** How long until readers see a change; milliseconds. */
  readonly describeDelayMs?: number;
  /** How long until a change lets packets through or keeps them out; milliseconds. */
  readonly effectDelayMs?: number;
  /** Added to every answer; milliseconds. */
  readonly latencyMs?: number;
  readonly rulebook?: Partial<typeof documentedRules>;
  /** False lets the very same request be sent twice. */
  readonly rememberNonces?: boolean;
  readonly hooks?: Hooks;
  /** How long instances take to stop and to start; at once unless said. */
  readonly power?: PowerTimes;
  /** Told every new password that is set, for whoever plays the machine; the stand-in itself keeps none. */
  readonly onPassword?: (instanceId: string, password: string) => void;
}

/**
 * A stand-in for the Alibaba Cloud ECS API: the documented behaviour on loopback, no cloud behind it. It shares no
 * code with the client that the app uses.
 */
export class EcsStandIn {
  readonly faults = new Faults();
  readonly #store: Store;
  readonly #gateway: Gateway;
  readonly #keys: Map<string, AccessKey>;
  readonly #server: Server;
  #port = 0;

  constructor(options: EcsStandInOptions) {
    const clock = options.clock ?? systemClock;
    this.#keys = new Map(
      (options.keys ?? [permanentKey(STAND_IN_KEY.id, STAND_IN_KEY.secret)]).map((key) => [key.id, key]),
    );
    this.#store = new Store(clock, buildState(options.estate, written(clock.now())), {
      describeMs: options.describeDelayMs ?? 0,
      effectMs: options.effectDelayMs ?? 0,
    });
    this.#gateway = new Gateway({
      clock,
      store: this.#store,
      keys: this.#keys,
      faults: this.faults,
      roles: options.roles ?? [STAND_IN_ROLE],
      limits: { ...documentedLimits, ...options.limits },
      callsPerMinute: options.callsPerMinute ?? {},
      rulebook: { ...documentedRules, ...options.rulebook },
      latencyMs: options.latencyMs ?? 0,
      rememberNonces: options.rememberNonces ?? true,
      hooks: options.hooks ?? {},
      newRequestId: () => randomUUID().toUpperCase(),
      power: options.power ?? { stopMs: 0, startMs: 0 },
      onPassword: options.onPassword ?? (() => undefined),
    });
    this.#server = createHttpServer(this.#gateway);
  }

  /** Opens it on 127.0.0.1; port 0 takes a free one. Rejects when the port cannot be had. Returns the port. */
  async start(port = 0): Promise<number> {
    this.#port = await listenOn(this.#server, port);
    return this.#port;
  }

  async stop(): Promise<void> {
    this.#gateway.stop();
    await closeServer(this.#server);
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Every call so far, in order, without a secret. */
  get calls(): readonly CallRecord[] {
    return this.#gateway.calls;
  }

  clearCalls(): void {
    this.#gateway.clearCalls();
  }

  /** Whether the security groups let a packet in, by what is in effect at this moment. */
  allows(instanceId: string, packet: Packet): boolean {
    return allowsPacket(this.#store.effective, instanceId, packet);
  }

  /** The truth at this moment, whatever readers see. */
  get state(): EcsState {
    return this.#store.latest;
  }

  /** Inbound rules of a group as they truly are. */
  rulesOf(groupId: string): readonly EcsRule[] {
    return this.state.groups.get(groupId)?.rules.filter((rule) => rule.direction === 'ingress') ?? [];
  }

  /** Groups of an instance's primary interface, or of one of its interfaces, as they truly are. */
  groupsOf(id: string): readonly string[] {
    const interfaceId = this.state.instances.get(id)?.interfaceIds[0] ?? id;
    return this.state.interfaces.get(interfaceId)?.groupIds ?? [];
  }

  /** Does what somebody else would, with a key of their own and without HTTP. Throws the documented error. */
  act(action: string, parameters: Readonly<Record<string, string>> = {}): JsonObject {
    return this.#gateway.act(action, { RegionId: 'cn-hangzhou', ...parameters });
  }

  /** Changes what no call can: status, locks. */
  setInstance(id: string, change: Partial<Pick<EcsInstance, 'status' | 'locks' | 'name'>>): void {
    const instance = this.state.instances.get(id);
    if (!instance) throw new Error(`No instance ${id}`);
    this.#store.write({
      ...this.state,
      instances: withEntry(this.state.instances, id, { ...instance, ...change }),
    });
  }

  /** The instance and its interfaces are gone, as after a release. */
  release(id: string): void {
    const instance = this.state.instances.get(id);
    const interfaces = (instance?.interfaceIds ?? []).reduce(withoutEntry, this.state.interfaces);
    this.#store.write({ ...this.state, interfaces, instances: withoutEntry(this.state.instances, id) });
  }

  /** Adds a key or puts another one in its place: denied actions, an expiry, a disabled key. */
  setKey(key: AccessKey): void {
    this.#keys.set(key.id, key);
  }

  key(id: string = STAND_IN_KEY.id): AccessKey | undefined {
    return this.#keys.get(id);
  }

  set callsPerMinute(limits: CallsPerMinute) {
    this.#gateway.throttle.limits = limits;
  }

  set delays(delays: { describeMs: number; effectMs: number }) {
    this.#store.delays = delays;
  }

  set latencyMs(latencyMs: number) {
    this.#gateway.latencyMs = latencyMs;
  }

  set hooks(hooks: Hooks) {
    this.#gateway.hooks = hooks;
  }

  /** Tells when what packets meet may have changed; returns a function that ends it. */
  onEffect(listener: () => void): () => void {
    return this.#store.onEffect(listener);
  }
}

const written = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** A stand-in that is not started yet. */
export const createEcsStandIn = (options: EcsStandInOptions): EcsStandIn => new EcsStandIn(options);
