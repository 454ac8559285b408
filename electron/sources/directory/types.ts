import type { Duplex } from 'node:stream';
import type { Certificate, CertificateQuestion, DirectoryTransport } from '../../../shared/directory';
import type { AppError } from '../../../shared/errors';
import type { Result } from '../../../shared/result';

/** Time as this folder needs it; the watcher's clock fits. */
export interface DirectoryClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after so many milliseconds; the returned function takes it back. */
  after(ms: number, run: () => void): () => void;
}

/** All in milliseconds. */
export interface DirectoryTimeouts {
  readonly tcpMs: number;
  readonly tlsMs: number;
  readonly bindMs: number;
  /** Silence in the middle of an answer. */
  readonly idleMs: number;
  /** A whole answer, all pages of a reading together. */
  readonly readMs: number;
}

export const DEFAULT_TIMEOUTS: DirectoryTimeouts = {
  tcpMs: 10_000,
  tlsMs: 15_000,
  bindMs: 20_000,
  idleMs: 30_000,
  readMs: 180_000,
};

export interface ControllerAddress {
  readonly host: string;
  readonly port: number;
}

/** Opens a way to a controller: TCP from here, or through an instance's SSH connection. */
export type OpenStream = (address: ControllerAddress, signal: AbortSignal) => Promise<Result<Duplex>>;

/** Accepted, or why not; with the question for the admin when it is theirs to decide. */
export type CertificateVerdict =
  | 'accept'
  | { readonly error: AppError; readonly question: CertificateQuestion | null };

export interface PresentedCertificate {
  readonly certificate: Certificate;
  /** Why the system's store does not vouch for it for this host; null: it does. */
  readonly distrust: string | null;
}

export type VerifyCertificate = (presented: PresentedCertificate) => CertificateVerdict;

export interface TransportOptions {
  readonly transport: DirectoryTransport;
  readonly open: OpenStream;
  readonly verify: VerifyCertificate;
  /** Certificates of authorities in PEM that the system's store is made of. */
  readonly authorities: () => readonly string[];
  readonly clock: DirectoryClock;
  readonly timeouts: DirectoryTimeouts;
}
