import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { forwardError, networkError } from './net-errors';
import type { SshClock } from './types';

/** How long a goodbye may take before the connection is cut. */
const GOODBYE_MS = 1_000;

/** What ended an established connection, from ssh2's error event. */
function endError(cause: unknown, host: string): AppError {
  const level = cause instanceof Error && 'level' in cause ? cause.level : undefined;
  if (level === 'client-timeout') return appError('net.timeout', { host, seconds: 0 });
  if (level === 'client-socket') return networkError(cause, { host });
  return appError('net.closed', { host });
}

/** An authenticated SSH connection to one hop. */
export class HopConnection {
  #ended: AppError | undefined;
  #closing = false;
  #gone = false;
  readonly #listeners = new Set<(error: AppError) => void>();
  readonly #goneListeners = new Set<() => void>();

  constructor(
    readonly host: string,
    readonly client: Client,
    readonly stream: Duplex,
    readonly clock: SshClock,
  ) {
    client.on('error', (cause) => this.#end(endError(cause, host)));
    client.on('end', () => this.#end(appError('net.closed', { host })));
    client.on('close', () => {
      this.#end(appError('net.closed', { host }));
      this.#gone = true;
      for (const listener of this.#goneListeners) listener();
    });
  }

  /** Why the connection is no more; undefined while it is. */
  get ended(): AppError | undefined {
    return this.#ended;
  }

  /** Called once when the connection ends for any reason but `close`. */
  onEnd(listener: (error: AppError) => void): void {
    this.#listeners.add(listener);
  }

  /** A TCP connection from this hop onwards. Errors: ssh.forwardRefused, net.*, app.cancelled. */
  forward(host: string, port: number, signal: AbortSignal, timeoutMs: number): Promise<Result<Duplex>> {
    const params = { host, port };
    return new Promise((resolve) => {
      let open = true;
      const settle = (result: Result<Duplex>) => {
        if (!open) return;
        open = false;
        stopTimer();
        signal.removeEventListener('abort', onAbort);
        resolve(result);
      };
      const onAbort = () => settle(err(appError('app.cancelled')));
      const stopTimer = this.clock.after(timeoutMs, () =>
        settle(err(appError('net.timeout', { ...params, seconds: Math.ceil(timeoutMs / 1000) }))),
      );
      signal.addEventListener('abort', onAbort);
      const onChannel = (cause: Error | undefined, channel: ClientChannel) => {
        if (cause) return settle(err(this.#ended ?? forwardError(cause, params)));
        if (open) settle(ok(channel));
        else channel.destroy();
      };
      try {
        this.client.forwardOut('127.0.0.1', 0, host, port, onChannel);
      } catch {
        settle(err(this.#ended ?? appError('net.closed', params)));
      }
    });
  }

  /** Says goodbye, and cuts the connection when the server does not answer it. */
  close(): Promise<void> {
    this.#closing = true;
    if (this.#gone) return Promise.resolve();
    return new Promise((resolve) => {
      const stopTimer = this.clock.after(GOODBYE_MS, () => {
        this.stream.destroy();
        resolve();
      });
      this.#goneListeners.add(() => {
        stopTimer();
        resolve();
      });
      this.client.end();
    });
  }

  #end(error: AppError): void {
    if (this.#ended) return;
    this.#ended = error;
    if (!this.#closing) for (const listener of this.#listeners) listener(error);
    // A socket whose other side has gone silent would otherwise linger.
    this.stream.destroy();
  }
}
