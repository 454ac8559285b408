import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/** A server on loopback that a test has in hand. */
export interface TestServer {
  readonly port: number;
  /** Everything that clients sent, in hexadecimal, one string a connection. */
  readonly received: string[];
  close(): Promise<void>;
}

/** Serves every connection with `serve`; `received` fills as long as nothing else reads the socket. */
export async function startServer(serve: (socket: Socket) => void): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const received: string[] = [];
  const server = createServer((socket) => {
    const at = received.push('') - 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      received[at] += chunk.toString('hex');
    });
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The answer that chooses a security: [MS-RDPBCGR] 2.2.1.2.1. */
export const confirm = (protocol: number): Buffer =>
  Buffer.from([3, 0, 0, 19, 14, 0xd0, 0, 0, 0x12, 0x34, 0, 2, 0, 8, 0, protocol, 0, 0, 0]);
/** The answer that refuses: 2.2.1.2.2. */
export const refusal = (code: number): Buffer =>
  Buffer.from([3, 0, 0, 19, 14, 0xd0, 0, 0, 0x12, 0x34, 0, 3, 0, 8, 0, code, 0, 0, 0]);
/** An answer that knows no negotiation. */
export const bareConfirm = Buffer.from([3, 0, 0, 11, 6, 0xd0, 0, 0, 0x12, 0x34, 0]);

/** A certificate with its key, in PEM. */
export interface Identity {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface RealisticServer {
  readonly tls?: 'TLSv1.2' | 'TLSv1.3';
  /** What clients that offer NLA are answered with, and those that do not. */
  readonly withNla?: Buffer;
  readonly withoutNla?: Buffer;
}

/** A server that answers as Windows does: NLA, and TLS with a certificate of its own. */
export function realisticServer(identity: Identity, options: RealisticServer = {}): (socket: Socket) => void {
  const version = options.tls ?? 'TLSv1.3';
  const secureContext = createSecureContext({
    cert: identity.certificatePem,
    key: identity.keyPem,
    minVersion: version,
    maxVersion: version,
  });
  return (socket) => {
    socket.once('data', (request) => {
      const offersNla = ((request[15] ?? 0) & 2) !== 0;
      const answer = offersNla ? (options.withNla ?? confirm(2)) : (options.withoutNla ?? refusal(5));
      socket.removeAllListeners('data');
      socket.write(answer);
      if (answer[11] === 2 && answer[15] !== 0) {
        const tls = new TLSSocket(socket, { isServer: true, secureContext });
        tls.on('error', () => undefined);
      }
    });
  };
}
