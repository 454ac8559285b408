import { appError } from '../../shared/errors';
import { err, type Result } from '../../shared/result';
import type { Clock } from './clock';

/**
 * Waits for an answer no longer than so many milliseconds (`net.timeout`) and no longer than the signal says
 * (`app.cancelled`), whether or not who was asked gives up. `late` gets an answer that nobody waits for any more.
 */
export function within<T>(
  clock: Clock,
  ms: number,
  parent: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Result<T>>,
  late: (value: T) => void = () => undefined,
): Promise<Result<T>> {
  if (parent.aborted) return Promise.resolve(err(appError('app.cancelled')));
  const controller = new AbortController();
  return new Promise((resolve) => {
    let open = true;
    const settle = (result: Result<T>): void => {
      if (!open) {
        if (result.ok) late(result.value);
        return;
      }
      open = false;
      cancelTimer();
      parent.removeEventListener('abort', cancelled);
      resolve(result);
    };
    const giveUp = (code: 'net.timeout' | 'app.cancelled'): void => {
      settle(err(appError(code)));
      controller.abort();
    };
    const cancelled = (): void => giveUp('app.cancelled');
    const cancelTimer = clock.after(ms, () => giveUp('net.timeout'));
    parent.addEventListener('abort', cancelled, { once: true });
    // An exception is a bug, but one instance's bug must not end the watching of the others.
    ask(controller.signal).then(settle, () => settle(err(appError('app.internal'))));
  });
}
