import type { AppError } from '../../../shared/errors';
import type { Hop, HostKeyQuestion, SshEndpoint } from '../../../shared/instance';
import type { Result } from '../../../shared/result';

/** Time as this folder needs it; the watcher's clock fits. */
export interface SshClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after so many milliseconds; the returned function takes it back. */
  after(ms: number, run: () => void): () => void;
}

/** Where the source says what it does. Fields hold names and numbers, never secrets, commands or answers. */
export interface SshLog {
  debug(message: string, fields?: Readonly<Record<string, string | number>>): void;
}

/** A host key as the server showed it, before anybody decided about it. */
export interface PresentedHostKey {
  readonly hop: Hop;
  readonly host: string;
  readonly port: number;
  /** As the key names itself: `ssh-ed25519`, `ssh-rsa`, ... */
  readonly keyType: string;
  /** The public key in SSH's wire form. */
  readonly keyBlob: Uint8Array;
}

/** Accepted, or why not; with the question for the admin when it is theirs to decide. */
export type HostKeyVerdict =
  | 'accept'
  | { readonly error: AppError; readonly question: HostKeyQuestion | null };

export type VerifyHostKey = (key: PresentedHostKey) => Promise<HostKeyVerdict>;

/** The password or key passphrase of a hop from the vault; null when there is none. Kept in memory only. */
export type ReadSecret = (hop: Hop) => Promise<Result<string | null>>;

/** All in milliseconds, but for the count. */
export interface SshTimeouts {
  readonly tcpMs: number;
  /** From the connection to an accepted host key, without the time the decision takes. */
  readonly handshakeMs: number;
  readonly authenticationMs: number;
  /** Until a forwarded connection or a command has begun. */
  readonly openMs: number;
  /** A whole PowerShell script. */
  readonly scriptMs: number;
  /** Silence in the middle of an answer. */
  readonly idleMs: number;
  /** A whole answer with events. */
  readonly eventsMs: number;
  readonly keepaliveMs: number;
  readonly keepaliveCount: number;
}

export const DEFAULT_TIMEOUTS: SshTimeouts = {
  tcpMs: 10_000,
  handshakeMs: 15_000,
  authenticationMs: 20_000,
  openMs: 15_000,
  scriptMs: 60_000,
  idleMs: 30_000,
  eventsMs: 300_000,
  keepaliveMs: 15_000,
  keepaliveCount: 3,
};

/** One leg of the way to an instance. */
export interface Leg {
  readonly hop: Hop;
  readonly endpoint: SshEndpoint;
}

export type ConnectStage = 'name' | 'tcp' | 'hostKey' | 'authentication';

/** A failure on the way, and where it happened. */
export interface ConnectFailure {
  readonly hop: Hop;
  readonly stage: ConnectStage;
  readonly error: AppError;
}

/** Told about each stage as it begins and as it is passed; nothing is told about the failed one. */
export interface ConnectProgress {
  started(hop: Hop, stage: ConnectStage): void;
  passed(hop: Hop, stage: ConnectStage, params: Readonly<Record<string, string | number>>): void;
}
