import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import { connectTcp, resolveName } from '../ssh/tcp';
import type { DirectoryClock, OpenStream } from './types';

/** Straight from here over TCP. Errors: net.*, directory.refused. */
export const tcpStream =
  (clock: DirectoryClock, timeoutMs: number): OpenStream =>
  async ({ host, port }, signal) => {
    const limits = { signal, clock, timeoutMs };
    const addresses = await resolveName(host, limits);
    if (!addresses.ok) return addresses;
    const socket = await connectTcp(host, port, addresses.value, limits);
    if (socket.ok) return ok(socket.value);
    return socket.error.code === 'net.refused' ? err(appError('directory.refused', { host, port })) : socket;
  };
