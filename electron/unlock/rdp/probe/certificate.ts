import type { X509Certificate } from 'node:crypto';
import { plainText } from '../../../../shared/messages/plain-text';
import type { SeenCertificate } from '../rules/findings';

const LONGEST_NAME = 300;

/** A distinguished name on one line, as far as it can be read at a glance. Others wrote it. */
const nameOf = (text: string | undefined): string =>
  plainText((text ?? '').split('\n').filter(Boolean).join(', ')).slice(0, LONGEST_NAME);

function signedByItself(certificate: X509Certificate): boolean {
  if (certificate.subject !== certificate.issuer) return false;
  try {
    return certificate.verify(certificate.publicKey);
  } catch {
    // A key of a kind that is not known here.
    return false;
  }
}

/** What is shown and remembered of a certificate. Null when its dates cannot be read. */
export function describeCertificate(certificate: X509Certificate): SeenCertificate | null {
  const validFromMs = Date.parse(certificate.validFrom);
  const validToMs = Date.parse(certificate.validTo);
  if (!Number.isFinite(validFromMs) || !Number.isFinite(validToMs)) return null;
  return {
    fingerprint: certificate.fingerprint256,
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    selfSigned: signedByItself(certificate),
    validFromMs,
    validToMs,
  };
}
