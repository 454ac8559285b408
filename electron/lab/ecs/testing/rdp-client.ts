import { connect } from 'node:net';

/** What a connection to a Remote Desktop port comes to. */
export type RdpProbe = 'refused' | 'reset' | 'closed' | { readonly answer: string };

/** A connection request with a cookie that offers these protocols; 3: TLS and network level authentication. */
export function rdpRequest(protocols: number): Buffer {
  const cookie = Buffer.from('Cookie: mstshash=practice\r\n');
  const negotiation = Buffer.from([1, 0, 8, 0, protocols, 0, 0, 0]);
  const length = 11 + cookie.length + negotiation.length;
  const head = Buffer.from([3, 0, 0, length, length - 5, 0xe0, 0, 0, 0, 0, 0]);
  return Buffer.concat([head, cookie, negotiation]);
}

export function probeRdp(
  host: string,
  port: number,
  localAddress?: string,
  request: Buffer = rdpRequest(3),
): Promise<RdpProbe> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, ...(localAddress === undefined ? {} : { localAddress }) });
    socket.once('connect', () => socket.write(request));
    socket.once('data', (data) => {
      resolve({ answer: data.toString('hex') });
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'reset'),
    );
    socket.once('close', () => resolve('closed'));
  });
}
