import type { Duplex } from 'node:stream';
import { type AppError, appError } from '../../../shared/errors';
import type { Hop } from '../../../shared/instance';
import { err, ok, type Result } from '../../../shared/result';
import { type CredentialSources, prepareCredential } from './credentials';
import type { HopConnection } from './hop-connection';
import { loadSsh2 } from './load-ssh2';
import { openHop } from './open-hop';
import { connectTcp, resolveName } from './tcp';
import type {
  ConnectFailure,
  ConnectProgress,
  ConnectStage,
  Leg,
  SshClock,
  SshTimeouts,
  VerifyHostKey,
} from './types';

export interface ChainRequest {
  /** Jump hosts, outermost first, and the instance at the end. */
  readonly legs: readonly Leg[];
  readonly credentials: CredentialSources;
  readonly verifyHostKey: VerifyHostKey;
  readonly preferredKeyTypes: (hop: Hop) => readonly string[];
  readonly timeouts: SshTimeouts;
  readonly clock: SshClock;
  readonly signal: AbortSignal;
  readonly progress: ConnectProgress;
}

/** The connections to every hop; the last one is the instance's. */
export class Chain {
  #lost = false;

  constructor(
    readonly hops: readonly HopConnection[],
    readonly instance: HopConnection,
  ) {}

  /** Why the instance can no longer be reached: the outermost connection that ended says it best. */
  get ended(): AppError | undefined {
    return this.hops.find((hop) => hop.ended)?.ended;
  }

  /** Called once when any of the connections ends for any reason but `close`. */
  onLost(listener: (error: AppError) => void): void {
    const lose = (error: AppError) => {
      if (this.#lost) return;
      this.#lost = true;
      listener(this.ended ?? error);
    };
    for (const hop of this.hops) hop.onEnd(lose);
    // It may have ended between its opening and now.
    const { ended } = this;
    if (ended) queueMicrotask(() => lose(ended));
  }

  async close(): Promise<void> {
    this.#lost = true;
    await closeAll(this.hops);
  }
}

/** The innermost connection first, for it runs through the others. */
async function closeAll(hops: readonly HopConnection[]): Promise<void> {
  for (const hop of [...hops].reverse()) await hop.close();
}

async function openStream(
  leg: Leg,
  previous: HopConnection | undefined,
  request: ChainRequest,
): Promise<Result<Duplex, { stage: ConnectStage; error: AppError }>> {
  const { host, port } = leg.endpoint;
  const { signal, clock, timeouts, progress } = request;
  const limits = { signal, clock, timeoutMs: timeouts.tcpMs };
  if (previous) {
    progress.started(leg.hop, 'tcp');
    const forwarded = await previous.forward(host, port, signal, timeouts.openMs);
    if (!forwarded.ok) return err({ stage: 'tcp', error: forwarded.error });
    progress.passed(leg.hop, 'tcp', { host, port });
    return forwarded;
  }
  progress.started(leg.hop, 'name');
  const addresses = await resolveName(host, limits);
  if (!addresses.ok) return err({ stage: 'name', error: addresses.error });
  progress.passed(leg.hop, 'name', { host, address: addresses.value[0]?.address ?? '' });
  progress.started(leg.hop, 'tcp');
  const socket = await connectTcp(host, port, addresses.value, limits);
  if (!socket.ok) return err({ stage: 'tcp', error: socket.error });
  progress.passed(leg.hop, 'tcp', { host, port });
  return socket;
}

/**
 * Opens the way to an instance, hop by hop, each with its own host key check and one authentication attempt.
 * On failure everything that was opened is closed again.
 */
export async function openChain(request: ChainRequest): Promise<Result<Chain, ConnectFailure>> {
  const ssh2 = await loadSsh2();
  const hops: HopConnection[] = [];
  for (const leg of request.legs) {
    const previous = hops.at(-1);
    const stream = await openStream(leg, previous, request);
    if (!stream.ok) {
      await closeAll(hops);
      return err({ hop: leg.hop, ...stream.error });
    }
    const via = request.legs
      .slice(0, hops.length)
      .map(({ endpoint }) => `${endpoint.user}@${endpoint.host}:${endpoint.port}`)
      .join(' ');
    const hop = await openHop({
      ssh2,
      leg,
      stream: stream.value,
      prepareCredential: () => prepareCredential(leg, via, request.credentials, ssh2),
      verifyHostKey: request.verifyHostKey,
      preferredKeyTypes: request.preferredKeyTypes(leg.hop),
      timeouts: request.timeouts,
      clock: request.clock,
      signal: request.signal,
      progress: request.progress,
    });
    if (!hop.ok) {
      await closeAll(hops);
      return err({ hop: leg.hop, ...hop.error });
    }
    hops.push(hop.value);
  }
  const instance = hops.at(-1);
  if (!instance) return err({ hop: 'instance', stage: 'name', error: appError('app.invalidArgument') });
  return ok(new Chain(hops, instance));
}

const JUMP_HOPS = ['jump0', 'jump1', 'jump2'] as const;

/** The legs of a profile in the order they are passed; more than three jump hosts are not possible. */
export function legsOf(endpoint: Leg['endpoint'], jumpHosts: readonly Leg['endpoint'][]): Result<Leg[]> {
  if (jumpHosts.length > JUMP_HOPS.length) return err(appError('app.invalidArgument'));
  const jumps = jumpHosts.map((jump, index): Leg => ({ hop: JUMP_HOPS[index] ?? 'jump2', endpoint: jump }));
  return ok([...jumps, { hop: 'instance', endpoint }]);
}
