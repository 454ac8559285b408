import type { Duplex } from 'node:stream';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import type { HopConnection } from './hop-connection';
import { type Chain, legsOf, openChain } from './open-chain';
import { chainRequest, type SshSourceOptions } from './ssh-source';
import { DEFAULT_TIMEOUTS } from './types';

/** Where a tunnel goes, as the computer at its far end names the place. */
export interface ForwardPlace {
  readonly host: string;
  readonly port: number;
  /** Whose end of the way it leaves: the instance's own, or that of the last jump host before it. */
  readonly from: 'instance' | 'jumpHost';
}

/** A connection through an instance's SSH profile. Its stream has to be read for its end to be noticed. */
export interface Forward {
  readonly stream: Duplex;
  /** Why the SSH connection below is no more; undefined while it is. */
  readonly ended: AppError | undefined;
  /** Ends the tunnel, and the SSH connection below it when it was opened for this tunnel alone. */
  close(): Promise<void>;
}

const silent = { started: () => undefined, passed: () => undefined };

const hopOf = (chain: Chain, from: ForwardPlace['from']): HopConnection | undefined =>
  from === 'instance' ? chain.instance : chain.hops.at(-2);

async function through(
  chain: Chain,
  hop: HopConnection,
  { host, port }: ForwardPlace,
  timeoutMs: number,
  own: boolean,
  signal: AbortSignal,
): Promise<Result<Forward>> {
  const opened = await hop.forward(host, port, signal, timeoutMs);
  if (!opened.ok) {
    if (own) await chain.close();
    return opened;
  }
  const stream = opened.value;
  const forward: Forward = {
    stream,
    get ended() {
      return chain.ended;
    },
    async close() {
      stream.destroy();
      if (own) await chain.close();
    },
  };
  if (own) stream.once('close', () => void chain.close());
  return ok(forward);
}

/**
 * A connection to `place` through the SSH profile of an instance, jump hosts included. It runs over `live`, the
 * instance's connection that is open already, where there is one; else over one of its own, made like any other: host
 * keys checked, one attempt, and no password sent again that was refused. From a jump host the instance itself is not
 * signed in to.
 *
 * Errors: those of connecting, ssh.forwardRefused (the server permits no tunnels), net.* (the place did not answer
 * the server), app.cancelled, app.invalidArgument (there is no jump host).
 */
export async function openForward(
  options: SshSourceOptions,
  place: ForwardPlace,
  signal: AbortSignal,
  live?: Chain,
): Promise<Result<Forward>> {
  const timeoutMs = options.timeouts?.openMs ?? DEFAULT_TIMEOUTS.openMs;
  if (signal.aborted) return err(appError('app.cancelled'));
  if (live && !live.ended) {
    const hop = hopOf(live, place.from);
    if (!hop) return err(appError('app.invalidArgument'));
    const shared = await through(live, hop, place, timeoutMs, false, signal);
    // One that is just being closed says so before it has ended.
    const gone = live.ended !== undefined || (!shared.ok && shared.error.code === 'net.closed');
    if (shared.ok || !gone || signal.aborted) return shared;
  }
  const legs = legsOf(options.endpoint, options.jumpHosts);
  if (!legs.ok) return legs;
  const passed = place.from === 'instance' ? legs.value : legs.value.slice(0, -1);
  if (passed.length === 0) return err(appError('app.invalidArgument'));
  const chain = await openChain({ ...chainRequest(options, signal, silent), legs: passed });
  if (!chain.ok) return err(chain.error.error);
  return through(chain.value, chain.value.instance, place, timeoutMs, true, signal);
}
