import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Distance {
  readonly port: number;
  /** How often the client had to wait for the server since the last `begin`: round trips. */
  waits(): number;
  connections(): number;
  /** Bytes from the server since then. */
  bytes(): number;
  begin(): void;
  close(): Promise<void>;
}

/** A server made far away: everything takes half a round trip each way, in its order. */
export async function startDistance(host: string, port: number, roundTripMs: number): Promise<Distance> {
  let [waits, connections, bytes] = [0, 0, 0];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    connections += 1;
    let clientSpoke = false;
    const onward = connect({ host, port, noDelay: true });
    client.setNoDelay(true);
    const later = (socket: Socket, run: () => void): void => {
      if (roundTripMs === 0) run();
      else setTimeout(() => socket.destroyed || run(), roundTripMs / 2);
    };
    client.on('data', (chunk) => {
      clientSpoke = true;
      later(onward, () => onward.write(chunk));
    });
    onward.on('data', (chunk) => {
      if (clientSpoke) waits += 1;
      clientSpoke = false;
      bytes += chunk.length;
      later(client, () => client.write(chunk));
    });
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        onward.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    waits: () => waits,
    connections: () => connections,
    bytes: () => bytes,
    begin() {
      [waits, connections, bytes] = [0, 0, 0];
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
