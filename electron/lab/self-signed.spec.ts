import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { selfSigned } from './self-signed';

describe('a certificate of its own', () => {
  it('says whose it is and until when, and is signed with its own key', () => {
    const from = Date.UTC(2026, 0, 2, 3, 4, 5);
    const to = Date.UTC(2051, 6, 1);
    const { certificatePem, keyPem } = selfSigned('LAB-WEB01', from, to);
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.subject).toBe('CN=LAB-WEB01');
    expect(certificate.issuer).toBe('CN=LAB-WEB01');
    expect(Date.parse(certificate.validFrom)).toBe(from);
    expect(Date.parse(certificate.validTo)).toBe(to);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(keyPem))).toBe(true);
  });

  it('is good for further names and addresses', () => {
    const now = Date.UTC(2026, 0, 2);
    const { certificatePem } = selfSigned('dc1.lab.practice', now, now + 1, [
      'dc1.lab.practice',
      '127.0.0.1',
    ]);
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.checkHost('dc1.lab.practice')).toBe('dc1.lab.practice');
    expect(certificate.checkHost('dc2.lab.practice')).toBeUndefined();
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  });
});
