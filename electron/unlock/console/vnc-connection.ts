import type { Duplex } from 'node:stream';
import { type AppError, appError } from '../../../shared/errors';
import type { InstanceId, Vnc } from '../../../shared/instance';
import { err, ok, type Result } from '../../../shared/result';
import type { Forward, ForwardPlace } from '../../sources/ssh/forward';
import { networkError } from '../../sources/ssh/net-errors';
import { connectTcp, resolveName } from '../../sources/ssh/tcp';
import type { SshClock } from '../../sources/ssh/types';
import { type LinkPort, linkBytes } from './byte-link';

/** How long a VNC server may take to accept a connection. */
const TCP_MS = 10_000;

export interface VncConnectionOptions {
  readonly id: InstanceId;
  readonly vnc: Vnc;
  /** The page's port: told of everything that becomes of the connection. */
  readonly port: LinkPort;
  readonly clock: SshClock;
  readonly forward: (id: InstanceId, place: ForwardPlace, signal: AbortSignal) => Promise<Result<Forward>>;
}

interface Way {
  readonly stream: Duplex;
  readonly lost: () => AppError | undefined;
  readonly close: () => Promise<void>;
}

async function direct({ vnc, clock }: VncConnectionOptions, signal: AbortSignal): Promise<Result<Way>> {
  const limits = { signal, clock, timeoutMs: TCP_MS };
  const addresses = await resolveName(vnc.host, limits);
  if (!addresses.ok) return addresses;
  const socket = await connectTcp(vnc.host, vnc.port, addresses.value, limits);
  if (!socket.ok) return socket;
  return ok({ stream: socket.value, lost: () => undefined, close: async () => undefined });
}

async function tunnelled(options: VncConnectionOptions, signal: AbortSignal): Promise<Result<Way>> {
  const { host, port, via } = options.vnc;
  const from = via === 'jumpHost' ? 'jumpHost' : 'instance';
  const forward = await options.forward(options.id, { host, port, from }, signal);
  if (!forward.ok) return forward;
  const { value } = forward;
  return ok({ stream: value.stream, lost: () => value.ended, close: () => value.close() });
}

/**
 * Connects to the VNC server of a profile and carries its bytes to the page until either ends. Succeeds when the
 * connection stands; what is spoken over it, passwords included, is between server and page. Errors: net.*, and
 * through a tunnel those of `openForward`.
 */
export async function connectVnc(options: VncConnectionOptions): Promise<Result<null>> {
  const { port, vnc } = options;
  const given = new AbortController();
  port.on('close', () => given.abort());
  const way = await (vnc.via === 'direct' ? direct : tunnelled)(options, given.signal);
  if (!way.ok) {
    port.postMessage({ kind: 'ended', error: way.error });
    port.close();
    return way;
  }
  const { stream, lost, close } = way.value;
  if (given.signal.aborted) {
    stream.destroy();
    await close();
    return err(appError('app.cancelled'));
  }
  const failed = (cause: unknown): AppError => networkError(cause, { host: vnc.host, port: vnc.port });
  void linkBytes({ stream, port, lost, failed }).then(close);
  return ok(null);
}
