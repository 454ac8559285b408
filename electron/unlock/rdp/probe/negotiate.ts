import type { Duplex } from 'node:stream';
import { appError } from '../../../../shared/errors';
import { err, ok, type Result } from '../../../../shared/result';
import type { Talk } from '../rules/findings';
import { connectionRequest, type RdpOffer, readAnswer } from '../rules/x224';
import type { ProbeTools } from './tools';

/**
 * Sends the connection request and reads the answer, at most so long. The stream is left paused and open when the
 * answer settles a security, for what comes next. Error: app.cancelled.
 */
export function negotiate(
  stream: Duplex,
  offer: RdpOffer,
  timeoutMs: number,
  tools: ProbeTools,
  signal: AbortSignal,
): Promise<Result<Talk>> {
  return new Promise((resolve) => {
    let data = Buffer.alloc(0);
    const settle = (result: Result<Talk>): void => {
      stopTimer();
      signal.removeEventListener('abort', onAbort);
      stream.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onEnd);
      stream.pause();
      // Whatever the stream still has to say about its end is of no interest here.
      stream.on('error', () => undefined);
      resolve(result);
    };
    // An answer is settled long before it could grow: `readAnswer` refuses what is longer than X.224 can be.
    const onData = (chunk: Buffer): void => {
      data = Buffer.concat([data, chunk]);
      const answer = readAnswer(data);
      if (answer) settle(ok(answer));
    };
    const onEnd = (): void => settle(ok({ kind: 'hungUp' }));
    const onAbort = (): void => settle(err(appError('app.cancelled')));
    const stopTimer = tools.after(timeoutMs, () =>
      settle(ok({ kind: data.length === 0 ? 'silent' : 'half' })),
    );
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();
    stream.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onEnd);
    stream.write(connectionRequest(offer));
  });
}
