import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface SlowProxy {
  readonly port: number;
  /** Milliseconds that every piece of an answer is held back from now on. */
  delay(ms: number): void;
  /** Cuts all connections after so many bytes of answers from now on; null: never. */
  cutAfter(bytes: number | null): void;
  /** Bytes of answers passed on. */
  bytes(): number;
  close(): Promise<void>;
}

/** A TCP proxy on a free port of 127.0.0.1 before a controller's port, which can be slow and can cut off. */
export async function startSlowProxy(host: string, port: number): Promise<SlowProxy> {
  let delayMs = 0;
  let left: number | null = null;
  let passed = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect({ host, port });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      const send = (): void => {
        const piece = left === null ? chunk : chunk.subarray(0, Math.max(0, left));
        passed += piece.length;
        if (!client.destroyed) client.write(piece);
        if (left === null) return;
        left -= piece.length;
        if (left <= 0) client.destroy();
      };
      if (delayMs === 0) send();
      else setTimeout(send, delayMs);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    delay(ms) {
      delayMs = ms;
    },
    cutAfter(bytes) {
      left = bytes;
    },
    bytes: () => passed,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
