import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect, createSecureContext, type SecureContext } from 'node:tls';
import { appError } from '../../../../shared/errors';
import { err, ok, type Result } from '../../../../shared/result';
import type { SeenCertificate } from '../rules/findings';
import { describeCertificate } from './certificate';
import { limited, TooMuch } from './limited-stream';
import type { ProbeLimits, ProbeTools } from './tools';

/** Old servers are looked at too: nothing but their certificate is taken from them, and nothing is sent to them. */
function anyServer(): SecureContext {
  try {
    return createSecureContext({ minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
  } catch {
    // Electron's library has no such levels; it takes old servers as they are.
    return createSecureContext({ minVersion: 'TLSv1' });
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'closed';

/**
 * The TLS handshake, for the certificate alone: it is shown and compared, never trusted, and nothing is sent after it.
 * Errors: rdp.tlsFailed, rdp.tooMuch, net.timeout, app.cancelled.
 */
export function encrypt(
  raw: Duplex,
  host: string,
  limits: Pick<ProbeLimits, 'encryptMs' | 'handshakeBytes'>,
  tools: ProbeTools,
  signal: AbortSignal,
): Promise<Result<SeenCertificate>> {
  return new Promise((resolve) => {
    const options: ConnectionOptions = {
      socket: limited(raw, limits.handshakeBytes),
      secureContext: anyServer(),
      // The probe asks who is there. Whether to believe it is decided by comparing, and by the admin.
      rejectUnauthorized: false,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    };
    const socket = connect(options);
    const settle = (result: Result<SeenCertificate>): void => {
      stopTimer();
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      raw.destroy();
      resolve(result);
    };
    const failed = (cause?: unknown): void =>
      settle(
        err(
          cause instanceof TooMuch
            ? appError('rdp.tooMuch', { host })
            : appError('rdp.tlsFailed', { host, reason: codeOf(cause) }),
        ),
      );
    const onAbort = (): void => settle(err(appError('app.cancelled')));
    const stopTimer = tools.after(limits.encryptMs, () =>
      settle(err(appError('net.timeout', { host, seconds: Math.ceil(limits.encryptMs / 1000) }))),
    );
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      const described = certificate ? describeCertificate(certificate) : null;
      if (described) settle(ok(described));
      else failed();
    });
    socket.once('error', failed);
    socket.once('end', () => failed());
    socket.once('close', () => failed());
  });
}
