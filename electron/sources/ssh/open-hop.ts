import type { Duplex } from 'node:stream';
import type { ConnectConfig } from 'ssh2';
import { type AppError, appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { offeredAlgorithms } from './algorithms';
import type { Credential } from './credentials';
import { watchFirstBytes } from './first-bytes';
import { HopConnection } from './hop-connection';
import { keyTypeOf } from './host-key-algorithms';
import type { Ssh2Module } from './load-ssh2';
import { networkError } from './net-errors';
import { SingleAttempt } from './single-attempt';
import type {
  ConnectProgress,
  ConnectStage,
  HostKeyVerdict,
  Leg,
  SshClock,
  SshTimeouts,
  VerifyHostKey,
} from './types';

export interface HopRequest {
  readonly ssh2: Ssh2Module;
  readonly leg: Leg;
  /** A connection to the leg's SSH port, direct or through the hop before. */
  readonly stream: Duplex;
  readonly prepareCredential: () => Promise<Result<Credential>>;
  readonly verifyHostKey: VerifyHostKey;
  /** Key types to ask for first: the pinned one, so that a server with several keys shows the same again. */
  readonly preferredKeyTypes: readonly string[];
  readonly timeouts: SshTimeouts;
  readonly clock: SshClock;
  readonly signal: AbortSignal;
  readonly progress: ConnectProgress;
}

/** SSH's handshake, host key and authentication over an open stream. On failure the stream is destroyed. */
export function openHop(
  request: HopRequest,
): Promise<Result<HopConnection, { stage: ConnectStage; error: AppError }>> {
  const { ssh2, leg, stream, timeouts, clock, signal, progress } = request;
  const { host, port, user } = leg.endpoint;
  const params = { host, port };
  return new Promise((resolve) => {
    const client = new ssh2.Client();
    let stage: ConnectStage = 'hostKey';
    let open = true;
    let stopTimer = () => {};
    let firstWords = (): ReturnType<ReturnType<typeof watchFirstBytes>> => 'none';

    const settle = (result: Result<HopConnection, AppError>) => {
      if (!open) return;
      open = false;
      stopTimer();
      signal.removeEventListener('abort', onAbort);
      client.removeListener('error', onError);
      client.removeListener('close', onClose);
      if (result.ok) return resolve(result);
      attempt.ended(false);
      client.on('error', () => undefined);
      stream.on('error', () => undefined);
      stream.destroy();
      resolve(err({ stage, error: result.error }));
    };
    const fail = (error: AppError) => settle(err(error));
    const onAbort = () => fail(appError('app.cancelled'));
    const timer = (ms: number) => {
      stopTimer();
      stopTimer = clock.after(ms, () =>
        fail(appError('net.timeout', { ...params, seconds: Math.ceil(ms / 1000) })),
      );
    };
    const attempt = new SingleAttempt(leg, request.prepareCredential, fail);

    const onError = (cause: Error & { level?: string; code?: unknown }) => {
      if (cause.level === 'agent') return attempt.agentFailed();
      const goodbye = typeof cause.code === 'number';
      const refused = attempt.ended(goodbye);
      if (refused) return fail(refused);
      const words = firstWords();
      if (words === 'other') return fail(appError('ssh.notSsh', params));
      if (words === 'ssh' && stage === 'hostKey' && !goodbye && cause.level === 'handshake') {
        return fail(appError('ssh.negotiation', params));
      }
      if (cause.level === 'client-socket') return fail(networkError(cause, params));
      if (words === 'ssh' && !goodbye && cause.level === undefined) {
        return fail(appError('ssh.notSsh', params));
      }
      fail(appError('net.closed', params));
    };
    const onClose = () => {
      const refused = attempt.ended(false);
      fail(refused ?? appError(firstWords() === 'other' ? 'ssh.notSsh' : 'net.closed', params));
    };

    let accepted: Buffer | undefined;
    const onHostKey = (keyBlob: Buffer, verify: (accepted: boolean) => void): void => {
      // Keys are exchanged anew on a long connection: whoever we talk to has to stay the same.
      if (accepted) {
        verify(accepted.equals(keyBlob));
        return;
      }
      // The handshake's time stands still while the decision is made.
      stopTimer();
      const presented = { hop: leg.hop, host, port, keyType: keyTypeOf(keyBlob), keyBlob };
      const decided = (verdict: HostKeyVerdict) => {
        if (!open) return;
        if (verdict !== 'accept') return fail(verdict.error);
        accepted = Buffer.from(keyBlob);
        timer(timeouts.handshakeMs);
        verify(true);
      };
      request.verifyHostKey(presented).then(decided, () => fail(appError('app.internal')));
    };

    const config: ConnectConfig = {
      sock: stream,
      host,
      port,
      username: user,
      readyTimeout: 0,
      keepaliveInterval: timeouts.keepaliveMs,
      keepaliveCountMax: timeouts.keepaliveCount,
      tryKeyboard: false,
      hostVerifier: onHostKey,
      authHandler: attempt.handler,
      agentForward: false,
      algorithms: offeredAlgorithms(request.preferredKeyTypes),
    };
    client.on('error', onError);
    client.on('close', onClose);
    client.on('change password', () => attempt.passwordExpired());
    client.once('handshake', () => {
      progress.passed(leg.hop, 'hostKey', params);
      stage = 'authentication';
      progress.started(leg.hop, stage);
      timer(timeouts.authenticationMs);
    });
    client.once('ready', () => {
      attempt.accepted();
      progress.passed(leg.hop, 'authentication', { user, method: leg.endpoint.authentication.kind });
      settle(ok(new HopConnection(host, client, stream, clock)));
    });
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();
    progress.started(leg.hop, stage);
    timer(timeouts.handshakeMs);
    client.connect(config);
    firstWords = watchFirstBytes(stream);
  });
}
