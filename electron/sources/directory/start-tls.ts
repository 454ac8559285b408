import type { Duplex } from 'node:stream';
import { BerReader, ExtendedRequest, ExtendedResponse } from 'ldapts';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { createFramer } from './framing';
import type { DirectoryClock } from './types';

const START_TLS = '1.3.6.1.4.1.1466.20037';

/** Asks for StartTLS on a fresh connection; afterwards the stream is free for the handshake. */
export function startTlsOver(
  stream: Duplex,
  host: string,
  clock: DirectoryClock,
  limitMs: number,
  signal: AbortSignal,
): Promise<Result<null>> {
  return new Promise((resolve) => {
    const framer = createFramer(64 * 1024);
    let received = 0;
    const settle = (result: Result<null>): void => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      for (const event of ['end', 'close', 'error']) stream.removeListener(event, onClose);
      stream.removeListener('data', onData);
      // What is not read stays in the stream for the handshake.
      stream.pause();
      resolve(result);
    };
    const fail = (error: AppError): void => settle(err(error));
    const onAbort = (): void => fail(appError('app.cancelled'));
    const onClose = (): void => fail(appError('net.closed', { host }));
    const onData = (chunk: Buffer): void => {
      received += chunk.length;
      const messages = framer.push(chunk);
      const first = messages?.[0];
      // Bytes after the answer came unprotected and must not be taken for part of the handshake.
      if (!messages || (first && first.length !== received)) {
        fail(appError('directory.notLdap', { host }));
      } else if (first) {
        settle(answerIsYes(first) ? ok(null) : err(appError('directory.startTlsRefused', { host })));
      }
    };
    const cancel = clock.after(limitMs, () =>
      fail(appError('net.timeout', { host, seconds: Math.ceil(limitMs / 1000) })),
    );
    signal.addEventListener('abort', onAbort, { once: true });
    for (const event of ['end', 'close', 'error']) stream.on(event, onClose);
    stream.on('data', onData);
    stream.write(new ExtendedRequest({ messageId: 1, oid: START_TLS }).write());
  });
}

function answerIsYes(bytes: Buffer): boolean {
  try {
    const reader = new BerReader(bytes);
    reader.readSequence();
    const messageId = reader.readInt();
    reader.readSequence();
    const response = new ExtendedResponse({ messageId: messageId ?? 0 });
    response.parse(reader, []);
    return messageId === 1 && response.status === 0;
  } catch {
    return false;
  }
}
