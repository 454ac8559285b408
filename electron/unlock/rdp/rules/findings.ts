import type { AppError } from '../../../../shared/errors';
import type { RdpCertificate, RdpStep } from '../../../../shared/rdp';
import type { RdpAnswer } from './x224';

/** A certificate as it was shown; nothing is said of whether it may be trusted. */
export type SeenCertificate = Omit<RdpCertificate, 'previousFingerprint' | 'firstSeen'>;

/** What became of the request once the port was open. */
export type Talk =
  | RdpAnswer
  /** Nothing came, or only the beginning of an answer, within the time. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'half' }
  /** The connection was ended before the answer was complete. */
  | { readonly kind: 'hungUp' };

/** Everything that one probe saw. Plain values: it travels between processes. */
export interface Findings {
  readonly steps: readonly RdpStep[];
  /** Milliseconds from the TCP SYN to its answer; null when there was none, or it went through a tunnel. */
  readonly roundTripMs: number | null;
  /** Families of the addresses that were tried. */
  readonly families: readonly ('ipv4' | 'ipv6')[];
  /** Null: the port was not reached, `error` says why. */
  readonly talk: Talk | null;
  readonly certificate: SeenCertificate | null;
  /** Why it ended before its end: on the way to the port, or in the encryption. */
  readonly error: AppError | null;
}
