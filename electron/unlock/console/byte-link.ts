import type { Duplex } from 'node:stream';
import { CONSOLE_WINDOW_BYTES, type ConsoleFromHost, isConsoleToHost } from '../../../shared/console';
import type { AppError } from '../../../shared/errors';

/** The end of a message port that was handed over: Electron's in a process of its own. */
export interface LinkPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** So many bytes of the page may wait for a server that does not read; then the connection is given up. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

export interface ByteLinkOptions {
  readonly stream: Duplex;
  readonly port: LinkPort;
  /** Why the way below the stream is no more; undefined while it is, or where there is none to speak of. */
  readonly lost: () => AppError | undefined;
  /** What a failure of the stream itself means. */
  readonly failed: (cause: unknown) => AppError;
  readonly windowBytes?: number;
}

/**
 * Carries bytes between a stream and a page's port until either ends, and then ends the other. No more than a window
 * of bytes is on its way to the page: after that the stream is not read until the page says that it took some, so
 * that a slow page makes nobody's memory grow. Settles when the stream is closed.
 */
export function linkBytes(options: ByteLinkOptions): Promise<void> {
  const { stream, port, lost, failed } = options;
  const windowBytes = options.windowBytes ?? CONSOLE_WINDOW_BYTES;
  return new Promise((resolve) => {
    let onItsWay = 0;
    let over = false;
    const tell = (message: ConsoleFromHost): void => port.postMessage(message);

    function end(error: AppError | null): void {
      if (over) return;
      over = true;
      tell({ kind: 'ended', error });
      port.close();
      // What is still in it is of no interest, but it has to be read for its end to come.
      stream.resume();
      stream.destroy();
      resolve();
    }

    stream.on('data', (chunk: Buffer) => {
      if (over) return;
      onItsWay += chunk.length;
      // A copy of its own: a chunk may be a view into a larger buffer, which would travel whole.
      tell({ kind: 'data', bytes: new Uint8Array(chunk) });
      if (onItsWay >= windowBytes) stream.pause();
    });
    stream.on('error', (cause) => end(lost() ?? failed(cause)));
    stream.once('end', () => end(lost() ?? null));
    stream.once('close', () => end(lost() ?? null));
    port.on('message', ({ data }) => {
      if (over || !isConsoleToHost(data)) return;
      if (data.kind === 'close') return end(null);
      if (data.kind === 'taken') {
        onItsWay = Math.max(0, onItsWay - data.bytes);
        if (onItsWay < windowBytes) stream.resume();
        return;
      }
      stream.write(data.bytes);
      if (stream.writableLength > MAX_UNSENT_BYTES) end(failed({ code: 'EPIPE' }));
    });
    port.on('close', () => end(null));
    tell({ kind: 'opened' });
    port.start();
  });
}
