import type { Server } from 'node:net';

/** Nobody else on the network reaches what practises here. */
const LOOPBACK = '127.0.0.1';

/** Listens on this port, 0 for a free one; resolves to the port, rejects when it cannot be had. */
export function listenOn(server: Server, port: number, host = LOOPBACK): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

/** Listens on the preferred port, or on a free one when that is taken or 0. */
export const listenNear = (server: Server, preferred: number): Promise<number> =>
  listenOn(server, preferred).catch(() => listenOn(server, 0));
