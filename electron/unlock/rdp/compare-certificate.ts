import type { Phrase } from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import type { RdpCertificate, RdpVia } from '../../../shared/rdp';
import type { CertificateStore } from './certificate-store';
import type { SeenCertificate } from './rules/findings';

/**
 * Compares a certificate with the one that was seen last time on this way, and with the one that the instance shows of
 * itself through its SSH connection. The first one seen is remembered; a changed one only when the admin accepts it.
 */
export async function compareCertificate(
  certificates: CertificateStore,
  id: InstanceId,
  via: RdpVia,
  seen: SeenCertificate,
  atMs: number,
): Promise<{ readonly certificate: RdpCertificate; readonly reasons: readonly Phrase[] }> {
  const { fingerprint } = seen;
  const known = certificates.of(id, via);
  if (!known) {
    // When it cannot be written, the next look is a first one again.
    await certificates.remember({ instanceId: id, via, fingerprint, sinceMs: atMs, acceptedBy: null });
  }
  const changed = known !== null && known.fingerprint !== fingerprint;
  const other = certificates.of(id, via === 'here' ? 'tunnel' : 'here');
  const reasons: Phrase[] = [];
  if (changed) reasons.push({ key: 'rdp.reason.certificateChanged', params: {} });
  if (other && other.fingerprint !== fingerprint) {
    reasons.push({ key: 'rdp.reason.certificateElsewhere', params: { via } });
  }
  if (seen.validToMs < atMs) reasons.push({ key: 'rdp.reason.certificateExpired', params: {} });
  return {
    certificate: {
      ...seen,
      previousFingerprint: changed ? known.fingerprint : null,
      firstSeen: known === null,
    },
    reasons,
  };
}
