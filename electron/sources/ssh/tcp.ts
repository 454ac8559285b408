import { lookup } from 'node:dns/promises';
import { connect, type LookupFunction, type Socket } from 'node:net';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { networkError } from './net-errors';
import type { SshClock } from './types';

export interface Address {
  readonly address: string;
  readonly family: number;
}

interface Limits {
  readonly signal: AbortSignal;
  readonly clock: SshClock;
  readonly timeoutMs: number;
}

/** All addresses of a name. Errors: net.nameNotFound, net.timeout, app.cancelled. */
export function resolveName(host: string, limits: Limits): Promise<Result<readonly Address[]>> {
  return new Promise((resolve) => {
    const settle = (result: Result<readonly Address[]>) => {
      stopTimer();
      limits.signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const onAbort = () => settle(err(appError('app.cancelled')));
    const stopTimer = limits.clock.after(limits.timeoutMs, () =>
      settle(err(appError('net.timeout', { host, seconds: Math.ceil(limits.timeoutMs / 1000) }))),
    );
    limits.signal.addEventListener('abort', onAbort);
    if (limits.signal.aborted) return onAbort();
    lookup(host, { all: true, verbatim: true }).then(
      (found) => settle(found.length > 0 ? ok(found) : err(networkError({ code: 'ENOTFOUND' }, { host }))),
      (cause: unknown) => settle(err(networkError(cause, { host }))),
    );
  });
}

/**
 * A TCP connection to the first address that answers. Errors: net.refused, net.unreachable, net.timeout,
 * app.cancelled; whatever the error, no socket stays open.
 */
export function connectTcp(
  host: string,
  port: number,
  addresses: readonly Address[],
  limits: Limits,
): Promise<Result<Socket>> {
  const known: LookupFunction = (_name, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4);
  };
  const params = { host, port };
  return new Promise((resolve) => {
    if (limits.signal.aborted) return resolve(err(appError('app.cancelled')));
    const socket = connect({ host, port, lookup: known, autoSelectFamily: addresses.length > 1 });
    const settle = (result: Result<Socket>) => {
      stopTimer();
      limits.signal.removeEventListener('abort', onAbort);
      socket.removeListener('error', onError);
      socket.removeListener('connect', onConnect);
      if (!result.ok) {
        // A late error of a socket that nobody waits for any more is of no interest.
        socket.on('error', () => undefined);
        socket.destroy();
      }
      resolve(result);
    };
    const onError = (cause: Error) => settle(err(networkError(cause, params)));
    const onConnect = () => {
      socket.setNoDelay(true);
      settle(ok(socket));
    };
    const onAbort = () => settle(err(appError('app.cancelled')));
    const stopTimer = limits.clock.after(limits.timeoutMs, () =>
      settle(err(appError('net.timeout', { ...params, seconds: Math.ceil(limits.timeoutMs / 1000) }))),
    );
    limits.signal.addEventListener('abort', onAbort);
    socket.on('error', onError);
    socket.on('connect', onConnect);
  });
}
