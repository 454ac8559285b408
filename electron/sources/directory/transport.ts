import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { describeCertificate, wrongHost } from './certificates';
import { startTlsOver } from './start-tls';
import type { CertificateVerdict, ControllerAddress, TransportOptions } from './types';

export interface Opened {
  readonly stream: Duplex;
  /** Milliseconds that each part took. */
  readonly tcpMs: number;
  readonly tlsMs: number | null;
}

export type TransportFailure = {
  readonly error: ReturnType<typeof appError>;
  readonly verdict: Exclude<CertificateVerdict, 'accept'> | null;
  readonly step: 'tcp' | 'certificate';
};

/**
 * A way to a controller over which a password may go: open, encrypted as chosen, and the certificate judged. Nothing is
 * sent to a server whose certificate is not accepted.
 */
export async function openTransport(
  address: ControllerAddress,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<Result<Opened, TransportFailure>> {
  const { clock, timeouts, transport } = options;
  const begun = clock.now();
  const opened = await options.open(address, signal);
  if (!opened.ok) return err({ error: opened.error, verdict: null, step: 'tcp' });
  const raw = opened.value;
  const tcpMs = clock.now() - begun;
  if (transport === 'plain') return ok({ stream: raw, tcpMs, tlsMs: null });
  const failed = (failure: Omit<TransportFailure, 'step'>) => {
    raw.on('error', () => undefined);
    raw.destroy();
    return err<TransportFailure>({ ...failure, step: 'certificate' });
  };
  if (transport === 'startTls') {
    const started = await startTlsOver(raw, address.host, clock, timeouts.tlsMs, signal);
    if (!started.ok) return failed({ error: started.error, verdict: null });
  }
  const secured = await secure(raw, address, options, signal);
  if (!secured.ok) return failed(secured.error);
  return ok({ stream: secured.value, tcpMs, tlsMs: clock.now() - begun - tcpMs });
}

function secure(
  raw: Duplex,
  address: ControllerAddress,
  options: TransportOptions,
  signal: AbortSignal,
): Promise<Result<TLSSocket, Omit<TransportFailure, 'step'>>> {
  const { host } = address;
  const { clock, timeouts, verify, authorities } = options;
  return new Promise((resolve) => {
    const socket = connect({
      socket: raw,
      // A name only: an address is no server name, and nothing is sent to what `verify` does not accept.
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      ca: [...authorities()],
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
    });
    const settle = (result: Result<TLSSocket, Omit<TransportFailure, 'step'>>): void => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      socket.removeListener('error', onError);
      socket.on('error', () => undefined);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const fail = (error: ReturnType<typeof appError>): void => settle(err({ error, verdict: null }));
    const onAbort = (): void => fail(appError('app.cancelled'));
    const onError = (cause: Error & { readonly code?: string }): void =>
      fail(appError('directory.tlsFailed', { host, detail: cause.code ?? 'none' }));
    const cancel = clock.after(timeouts.tlsMs, () =>
      fail(appError('net.timeout', { host, seconds: Math.ceil(timeouts.tlsMs / 1000) })),
    );
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', onError);
    raw.once('close', () => fail(appError('directory.tlsFailed', { host, detail: 'none' })));
    socket.once('secureConnect', () => {
      const peer = socket.getPeerCertificate(true);
      if (!peer.fingerprint256) return fail(appError('directory.tlsFailed', { host, detail: 'none' }));
      const distrust = socket.authorized
        ? wrongHost(host, peer)
        : String(socket.authorizationError ?? 'UNKNOWN').slice(0, 100);
      const verdict = verify({ certificate: describeCertificate(address, peer), distrust });
      if (verdict === 'accept') settle(ok(socket));
      else settle(err({ error: verdict.error, verdict }));
    });
  });
}
