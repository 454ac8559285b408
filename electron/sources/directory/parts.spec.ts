import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../../shared/directory';
import { createFakeClock } from '../../watch/testing/fake-clock';
import { decideCertificate } from './certificates';
import { findControllers } from './discovery';
import { generalizedTimeMs, guidText, sidBytes, sidText } from './entry';
import { createFramer } from './framing';
import { bindRefusal, resultError } from './results';
import { dnOfDomain, firstRdnValue, parentDn, rightDomain } from './topology';

const seq = (...bytes: number[]): Buffer => Buffer.from([0x30, bytes.length, ...bytes]);

describe('cutting what comes into messages', () => {
  it('finds them wherever the pieces are cut', () => {
    const long = Buffer.concat([Buffer.from([0x30, 0x82, 0x01, 0x00]), Buffer.alloc(256, 7)]);
    const all = Buffer.concat([seq(1, 2, 3), long, seq()]);
    for (let size = 1; size <= all.length; size++) {
      const framer = createFramer();
      const found: Buffer[] = [];
      for (let at = 0; at < all.length; at += size)
        found.push(...(framer.push(all.subarray(at, at + size)) ?? []));
      expect(found.map(({ length }) => length)).toEqual([5, 260, 2]);
    }
  });

  it('refuses what is no LDAP and what is too long', () => {
    expect(createFramer().push(Buffer.from('SSH-2.0-OpenSSH'))).toBeNull();
    expect(createFramer(100).push(Buffer.from([0x30, 0x82, 0x01, 0x00]))).toBeNull();
    expect(createFramer().push(Buffer.from([0x30, 0x80]))).toBeNull();
    expect(createFramer().push(Buffer.from([0x30, 0x85, 1, 1, 1, 1, 1]))).toBeNull();
  });
});

describe('values', () => {
  it('are SIDs both ways', () => {
    for (const sid of [
      'S-1-5-21-2699545728-198802327-1600587163-500',
      'S-1-5-18',
      'S-1-5-21-1-4294967295-3-1000',
    ]) {
      expect(sidText(sidBytes(sid))).toBe(sid);
    }
    for (const wrong of ['', 'S-1-5', 'S-2-5-21', 'S-1-5-4294967296', 'S-1-5-21-1)(cn=*', 'mary']) {
      expect(sidBytes(wrong)).toBeNull();
    }
    expect(sidText(Buffer.from([1, 4, 0, 0, 0, 0, 0, 5, 1, 0]))).toBeNull();
    expect(sidText(null)).toBeNull();
  });

  it('are GUIDs as Windows prints them', () => {
    const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    expect(guidText(bytes)).toBe('33221100-5544-7766-8899-aabbccddeeff');
    expect(guidText(Buffer.alloc(15))).toBeNull();
  });

  it('are times', () => {
    expect(generalizedTimeMs('20261121235109.0Z')).toBe(Date.UTC(2026, 10, 21, 23, 51, 9));
    expect(generalizedTimeMs('20261121235109.25Z')).toBe(Date.UTC(2026, 10, 21, 23, 51, 9, 250));
    for (const wrong of [null, '', '2026', '20261121235109+0100'])
      expect(generalizedTimeMs(wrong)).toBeNull();
  });

  it('are names with every character', () => {
    expect(firstRdnValue('CN=Jö\\, \\"the\\" (x)*\\\\,CN=Users,DC=lab')).toBe('Jö, "the" (x)*\\');
    expect(firstRdnValue('CN=a\\2Cb,DC=x')).toBe('a,b');
    expect(parentDn('CN=a\\,b,CN=Users,DC=lab')).toBe('CN=Users,DC=lab');
    expect(parentDn('DC=lab')).toBe('');
    expect(dnOfDomain('lab.test')).toBe('DC=lab,DC=test');
  });
});

describe('refusals', () => {
  it('of a bind are a wrong password unless the controller says otherwise', () => {
    expect(bindRefusal(49, 'data 52e, v1db1', 'dc1', 'u')).toMatchObject({ passwordWrong: true });
    expect(bindRefusal(49, '', 'dc1', 'u')).toMatchObject({ passwordWrong: true });
    expect(bindRefusal(49, 'data 9999', 'dc1', 'u')).toMatchObject({ passwordWrong: true });
    expect(bindRefusal(49, 'comment: x, data 775, v', 'dc1', 'u')).toMatchObject({
      passwordWrong: false,
      error: { code: 'directory.bindRefused', params: { reason: 'lockedOut' } },
    });
    expect(bindRefusal(8, '', 'dc1', 'u').error.code).toBe('directory.encryptionRequired');
    expect(bindRefusal(51, '', 'dc1', 'u').error.code).toBe('directory.busy');
  });

  it('never hold what the server said', () => {
    expect(JSON.stringify(resultError(53, 'dc1', 'CN=x'))).not.toContain('text');
    expect(JSON.stringify(bindRefusal(49, 'secret words data 52e', 'dc1', 'u'))).not.toContain(
      'secret words',
    );
  });

  it('of a domain that is not the one asked for', () => {
    const root = { domainName: 'DC=lab,DC=test' } as Parameters<typeof rightDomain>[0];
    expect(rightDomain(root, 'LAB.test', 'dc1')).toBeNull();
    expect(rightDomain(root, 'other.test', 'dc1')?.code).toBe('directory.otherDomain');
  });
});

describe('a certificate', () => {
  const certificate = (fingerprint: string, host = 'dc1.lab.test'): Certificate => ({
    host,
    port: 636,
    fingerprint,
    subject: '',
    issuer: '',
    names: [],
    validFromMs: null,
    validToMs: null,
  });
  const one = certificate('AA');
  const decide = (distrust: string | null, trust: 'system' | 'pinned', pins: Certificate[]) => {
    const verdict = decideCertificate({ certificate: one, distrust }, trust, pins, null);
    return verdict === 'accept' ? verdict : verdict.error.code;
  };

  it('is accepted when the system vouches for it, or when it is the very one', () => {
    expect(decide(null, 'system', [])).toBe('accept');
    expect(decide('SELF_SIGNED', 'pinned', [certificate('AA', 'DC1.lab.test')])).toBe('accept');
  });

  it('is a question when nobody vouches for it', () => {
    expect(decide('SELF_SIGNED', 'system', [])).toBe('directory.certificateUnknown');
    expect(decide(null, 'pinned', [])).toBe('directory.certificateUnknown');
    expect(decide(null, 'pinned', [certificate('AA', 'dc2.lab.test')])).toBe('directory.certificateUnknown');
  });

  it('stops everything when it is not the accepted one, even if the system vouches for it', () => {
    expect(decide(null, 'system', [certificate('BB')])).toBe('directory.certificateChanged');
  });
});

describe('where to begin', () => {
  const fields = { domain: 'lab.test', controllers: [], transport: 'ldaps' as const };
  const record = (name: string, priority: number, weight: number) => ({ name, priority, weight, port: 389 });

  it('is what the admin named, or what DNS does, by priority and weight', async () => {
    const clock = createFakeClock();
    const given = {
      ...fields,
      controllers: [
        { host: 'a', port: null },
        { host: 'b', port: 1636 },
      ],
    };
    expect(await findControllers(given, async () => [], clock, 100)).toEqual({
      ok: true,
      value: [
        { host: 'a', port: 636 },
        { host: 'b', port: 1636 },
      ],
    });
    const found = await findControllers(
      fields,
      async (name) => {
        expect(name).toBe('_ldap._tcp.dc._msdcs.lab.test');
        return [record('c.', 10, 0), record('b', 0, 1), record('a', 0, 5)];
      },
      clock,
      100,
    );
    expect(found).toMatchObject({
      ok: true,
      value: [{ host: 'a', port: 636 }, { host: 'b' }, { host: 'c' }],
    });
  });

  it('is nowhere when DNS says nothing, or nothing in time', async () => {
    const clock = createFakeClock();
    const none = await findControllers(fields, () => Promise.reject(new Error('ENOTFOUND')), clock, 100);
    expect(none).toMatchObject({ ok: false, error: { code: 'directory.controllersNotFound' } });
    const late = findControllers(fields, () => new Promise(() => undefined), clock, 100);
    await clock.advance(100);
    expect(await late).toMatchObject({ ok: false, error: { code: 'net.timeout' } });
  });
});
