import { describe, expect, it } from 'vitest';
import { publicAddressSchema } from '../../../shared/cloud';
import { createStubCloud, finish, type StubAnswer } from '../testing/stub-cloud';
import { findPublicAddress } from './find';
import { addressIn, isPublicAddress } from './parse';
import { knownServices, ownService } from './services';

describe('the address in an answer', () => {
  it.each([
    ['198.51.100.7\n', '198.51.100.7'],
    ['IP\t: 198.51.100.7\nWhere\t: somewhere', '198.51.100.7'],
    ['Your IP:198.51.100.7', '198.51.100.7'],
    ['You are 198.51.100.7.', '198.51.100.7'],
    ['{"ip":"198.51.100.7"}', '198.51.100.7'],
    ['2001:DB8:0::7', '2001:db8::7'],
    ['198.51.100.7, not 203.0.113.1', '198.51.100.7'],
    ['', null],
    ['none', null],
    ['1.2.3.4.5', null],
    ['version 1.2.3.400', null],
    ['v1.2.3.4', null],
    ['198.51.100.7/24', null],
    ['http://198.51.100.7/', null],
    ['<p>198.51.100.7</p>', null],
    ['\n <!doctype html>198.51.100.7', null],
    ['x <HTML> 198.51.100.7', null],
    [`${' '.repeat(5000)}198.51.100.7`, null],
    ['fe80::1', null],
    ['10.0.0.1', null],
    ['12:34', null],
  ])('%j', (text, expected) => expect(addressIn(text)).toBe(expected));

  it('is a public one', () => {
    for (const address of [
      '10.1.1.1',
      '172.31.0.1',
      '192.168.1.1',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.1.1',
    ]) {
      expect(isPublicAddress(address)).toBe(false);
    }
    for (const address of ['0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', 'fd00::1', '::ffff:c633:6407']) {
      expect(isPublicAddress(address)).toBe(false);
    }
    for (const address of ['198.51.100.7', '172.32.0.1', '2001:db8::1']) {
      expect(isPublicAddress(address)).toBe(true);
    }
  });
});

describe('the services', () => {
  it('are asked over https only, each by a name of its own', () => {
    expect(knownServices.every((service) => ownService(service.url) !== null)).toBe(true);
    expect(new Set(knownServices.map((service) => service.name)).size).toBe(knownServices.length);
  });

  it.each(['http://ip.example/', 'https://u:p@ip.example/', 'file:///etc/hosts', 'ip.example', ''])(
    'of one’s own cannot be %j',
    (text) => expect(ownService(text)).toBeNull(),
  );

  it('of one’s own may be any https address', () => {
    expect(ownService('https://ip.example/me')).toEqual({ name: 'ip.example', url: 'https://ip.example/me' });
  });
});

describe('finding the public address', () => {
  const services = ['a', 'b', 'c', 'd'].map((name) => ({ name, url: `https://${name}.example/` }));
  async function find(answers: Readonly<Record<string, StubAnswer>>) {
    const cloud = createStubCloud((call) => answers[call.host[0] ?? ''] ?? 'drop');
    const { signal } = new AbortController();
    const work = findPublicAddress({ fetch: cloud.fetch, clock: cloud.clock, services }, signal);
    return { result: await finish(cloud.clock, work), ...cloud };
  }

  it('tells both families, by whom, and who was silent', async () => {
    const { result, calls, clock } = await find({
      a: { text: '198.51.100.7' },
      b: { text: '198.51.100.7\n' },
      c: { text: '2001:DB8::7' },
      d: 'hang',
    });
    expect(result.ok && publicAddressSchema.parse(result.value)).toEqual({
      ipv4: [{ address: '198.51.100.7', services: ['a', 'b'] }],
      ipv6: [{ address: '2001:db8::7', services: ['c'] }],
      silent: ['d'],
    });
    expect(new Set(calls.map((call) => call.atMs)).size).toBe(1);
    expect(clock.now() - (calls[0]?.atMs ?? 0)).toBe(5000);
    expect(calls.map((call) => call.headers)).toEqual(
      services.map(() => ({ accept: 'text/plain', 'user-agent': 'curl/8' })),
    );
  });

  it('tells when they disagree, the one that most say first', async () => {
    const { result } = await find({
      a: { text: '203.0.113.1' },
      b: { text: '198.51.100.7' },
      c: { text: '198.51.100.7' },
      d: { status: 500, text: '203.0.113.9' },
    });
    expect(result).toMatchObject({
      value: {
        ipv4: [
          { address: '198.51.100.7', services: ['b', 'c'] },
          { address: '203.0.113.1', services: ['a'] },
        ],
        silent: ['d'],
      },
    });
  });

  it('fails when none tells any', async () => {
    const { result } = await find({ a: { text: '<html>198.51.100.7' }, b: { text: 'x'.repeat(5000) } });
    expect(result).toMatchObject({ error: { code: 'cloud.addressNotFound' } });
  });
});
