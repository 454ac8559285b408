import { connect } from 'node:net';
import type { Verification } from '../../../shared/isolation';

/** Tries whether a TCP port answers. A hint only: here may be trusted, or behind a firewall of its own. */
export type RdpProbe = (host: string, port: number, signal: AbortSignal) => Promise<Verification['probe']>;

export const createTcpProbe =
  (timeoutMs = 3000): RdpProbe =>
  (host, port, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve('notTried');
        return;
      }
      const socket = connect({ host, port, timeout: timeoutMs });
      const finish = (result: Verification['probe']): void => {
        signal.removeEventListener('abort', abandon);
        socket.destroy();
        resolve(result);
      };
      const abandon = (): void => finish('notTried');
      signal.addEventListener('abort', abandon, { once: true });
      socket.once('connect', () => finish('answered'));
      socket.once('timeout', () => finish('timeout'));
      socket.once('error', (error: NodeJS.ErrnoException) =>
        finish(
          error.code === 'ECONNREFUSED' ? 'refused' : error.code === 'ETIMEDOUT' ? 'timeout' : 'notTried',
        ),
      );
    });
