import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { checkServerIdentity, type DetailedPeerCertificate, rootCertificates } from 'node:tls';
import type { Certificate } from '../../../shared/directory';
import { appError } from '../../../shared/errors';
import type { CertificateVerdict, ControllerAddress, PresentedCertificate } from './types';

const LINUX_STORE = '/etc/ssl/certs/ca-certificates.crt';

const text = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, part]) => `${name}=${String(part)}`)
        .join(', ')
        .slice(0, 1000)
    : '';

const instant = (value: string | undefined): number | null => {
  const ms = Date.parse(value ?? '');
  return Number.isNaN(ms) ? null : ms;
};

/** A certificate as it is shown to a person. */
export const describeCertificate = (
  { host, port }: ControllerAddress,
  peer: Pick<
    DetailedPeerCertificate,
    'fingerprint256' | 'subject' | 'issuer' | 'valid_from' | 'valid_to' | 'subjectaltname'
  >,
): Certificate => ({
  host,
  port,
  fingerprint: peer.fingerprint256,
  subject: text(peer.subject),
  issuer: text(peer.issuer),
  names: (peer.subjectaltname ?? '')
    .split(', ')
    .filter((name) => name !== '')
    .map((name) => name.slice(0, 300))
    .slice(0, 50),
  validFromMs: instant(peer.valid_from),
  validToMs: instant(peer.valid_to),
});

/** Why a certificate is not one for this host, although an authority vouches for it; null: it is. */
export function wrongHost(host: string, peer: DetailedPeerCertificate): string | null {
  const problem = checkServerIdentity(host, peer);
  return problem ? 'ERR_TLS_CERT_ALTNAME_INVALID' : null;
}

/**
 * What a certificate means for a directory: one that was accepted before must be the very same, for good; without such,
 * the system's store decides where it is asked at all. Anything else is a question for the admin. Pure.
 */
export function decideCertificate(
  { certificate, distrust }: PresentedCertificate,
  trust: 'system' | 'pinned',
  pins: readonly Certificate[],
  directoryId: string | null,
): CertificateVerdict {
  const { host, fingerprint } = certificate;
  const pinned = pins.find((pin) => pin.host.toLowerCase() === host.toLowerCase());
  const question = {
    directoryId,
    certificate,
    pinned: pinned ?? null,
    systemSays: distrust,
  };
  if (pinned) {
    if (pinned.fingerprint === fingerprint) return 'accept';
    const params = { host, fingerprint, pinned: pinned.fingerprint };
    return { error: appError('directory.certificateChanged', params), question };
  }
  if (trust === 'system' && distrust === null) return 'accept';
  return {
    error: appError('directory.certificateUnknown', { host, fingerprint, detail: distrust ?? 'NOT_PINNED' }),
    question,
  };
}

/** The authorities that this system trusts, in PEM: Node's own and, where they can be read, the system's. */
export function systemAuthorities(): readonly string[] {
  const own: unknown = Reflect.get(tls, 'getCACertificates');
  const read = (kind: string): readonly string[] => {
    if (typeof own !== 'function') return [];
    try {
      return own(kind) as readonly string[];
    } catch {
      return [];
    }
  };
  const system = read('system');
  const extra = read('extra');
  return [...rootCertificates, ...system, ...extra, ...(system.length > 0 ? [] : linuxStore())];
}

function linuxStore(): readonly string[] {
  try {
    return [readFileSync(LINUX_STORE, 'utf8')];
  } catch {
    return [];
  }
}
