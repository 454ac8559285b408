import { type AppError, appError } from '../../../shared/errors';
import type { Hop, SshEndpoint } from '../../../shared/instance';
import { err, ok, type Result } from '../../../shared/result';
import type { InstanceSource } from '../source';
import { findAgent } from './agent';
import { Commands } from './commands';
import { readKeyFile } from './key-file';
import { createKeyRing, type KeyRing } from './key-ring';
import { type Chain, type ChainRequest, legsOf, openChain } from './open-chain';
import { createPasswordLedger, type PasswordLedger } from './password-ledger';
import { SshSession } from './session';
import {
  type ConnectFailure,
  type ConnectProgress,
  DEFAULT_TIMEOUTS,
  type ReadSecret,
  type SshClock,
  type SshLog,
  type SshTimeouts,
  type VerifyHostKey,
} from './types';

export interface SshSourceOptions {
  readonly endpoint: SshEndpoint;
  /** In the order they are passed, outermost first; three at most. */
  readonly jumpHosts: readonly SshEndpoint[];
  readonly secrets: ReadSecret;
  /** Decides about every hop's key. There is no default: a host is never accepted by itself. */
  readonly verifyHostKey: VerifyHostKey;
  /** The type of the key that is pinned for a hop, to be asked for first. */
  readonly preferredKeyTypes?: (hop: Hop) => readonly string[];
  readonly log: SshLog;
  readonly clock: SshClock;
  readonly timeouts?: Partial<SshTimeouts>;
  /** Shared by all sources of a process, so that no refused password is sent twice by any of them. */
  readonly passwords?: PasswordLedger;
  /** Shared by all sources of a process, so that a key is decrypted once. */
  readonly keys?: KeyRing;
  readonly agent?: () => string | undefined;
}

export const createDefaultKeyRing = (): KeyRing => createKeyRing(readKeyFile);

const silent: ConnectProgress = { started: () => undefined, passed: () => undefined };

/** What the chain opener needs of the options, all but the way itself. */
export const chainRequest = (
  options: SshSourceOptions,
  signal: AbortSignal,
  progress: ConnectProgress,
): Omit<ChainRequest, 'legs'> => ({
  credentials: {
    secrets: options.secrets,
    keys: options.keys ?? createDefaultKeyRing(),
    passwords: options.passwords ?? createPasswordLedger(),
    agent: options.agent ?? (() => findAgent(process.env, process.platform)),
  },
  verifyHostKey: options.verifyHostKey,
  preferredKeyTypes: options.preferredKeyTypes ?? (() => []),
  timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
  clock: options.clock,
  signal,
  progress,
});

/** Opens the way to the instance and tells of each stage; the source and the connection check share it. */
export async function openSshSession(
  options: SshSourceOptions,
  signal: AbortSignal,
  progress: ConnectProgress,
): Promise<Result<SshSession, ConnectFailure>> {
  const fail = (error: AppError) => err<ConnectFailure>({ hop: 'instance', stage: 'name', error });
  const legs = legsOf(options.endpoint, options.jumpHosts);
  if (!legs.ok) return fail(legs.error);
  const { clock, log } = options;
  const request = chainRequest(options, signal, progress);
  const opened: Result<Chain, ConnectFailure> = await openChain({ ...request, legs: legs.value });
  if (!opened.ok) {
    const { hop, stage, error } = opened.error;
    log.debug('ssh.connectFailed', { hop, stage, code: error.code, correlationId: error.correlationId });
    return opened;
  }
  log.debug('ssh.connected', { hops: legs.value.length });
  return ok(new SshSession(new Commands(opened.value, request.timeouts, clock, log)));
}

export interface SshSource extends InstanceSource {
  connect(signal: AbortSignal): Promise<Result<SshSession>>;
}

/**
 * A Windows instance read over OpenSSH. `connect` makes one attempt with the one configured method; a password that
 * was refused is not sent again, whoever asks (ssh.passwordRefused without a connection's attempt).
 */
export function createSshSource(options: SshSourceOptions): SshSource {
  // Without shared ones, what is known must at least outlive a connection.
  const kept = {
    ...options,
    passwords: options.passwords ?? createPasswordLedger(),
    keys: options.keys ?? createDefaultKeyRing(),
  };
  return {
    async connect(signal) {
      if (signal.aborted) return err(appError('app.cancelled'));
      const session = await openSshSession(kept, signal, silent);
      return session.ok ? session : err(session.error.error);
    },
  };
}
