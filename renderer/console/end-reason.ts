import type { AppError } from '../../shared/errors';
import { unsupportedOnly } from './handshake';

/** Why there is no connection (any more). */
export type EndReason =
  | { readonly kind: 'error'; readonly error: AppError }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'security'; readonly types: readonly number[] }
  | { readonly kind: 'silent'; readonly seconds: number }
  | { readonly kind: 'byServer' | 'byUser' | 'gone' | 'notVnc' | 'protocol' };

export interface EndFacts {
  readonly byUser: boolean;
  /** What was said of the connection below; undefined while it stands. `gone`: nobody is left to say it. */
  readonly link: 'gone' | { readonly error: AppError | null } | undefined;
  readonly securityFailure: { readonly reason: string } | undefined;
  /** The server has been silent for so many seconds, and was given up. */
  readonly silentSeconds: number | null;
  readonly speaks: 'nothing' | 'rfb' | 'other';
  readonly offered: readonly number[];
  /** The server let us in. */
  readonly connected: boolean;
}

/** VeNCrypt's own list is inside; what it leads to here without TLS is nothing. */
const VENCRYPT = 19;

/** What ended a connection, most telling first: what the server itself said goes before the way it hung up. Pure. */
export function endReason(facts: EndFacts): EndReason {
  if (facts.byUser) return { kind: 'byUser' };
  if (facts.securityFailure) return { kind: 'refused', reason: facts.securityFailure.reason };
  if (facts.speaks === 'other') return { kind: 'notVnc' };
  if (unsupportedOnly(facts.offered)) return { kind: 'security', types: facts.offered };
  if (facts.silentSeconds !== null) return { kind: 'silent', seconds: facts.silentSeconds };
  if (facts.link === 'gone') return { kind: 'gone' };
  if (facts.link?.error) return { kind: 'error', error: facts.link.error };
  if (facts.link) return { kind: facts.connected ? 'byServer' : 'protocol' };
  // Nothing ended but our own side gave up.
  const onlyVencrypt = facts.offered.length > 0 && facts.offered.every((type) => type === VENCRYPT);
  return !facts.connected && onlyVencrypt ? { kind: 'security', types: facts.offered } : { kind: 'protocol' };
}
