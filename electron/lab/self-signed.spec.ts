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
});
