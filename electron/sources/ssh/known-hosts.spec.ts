import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { knownKeyTypes, lookUpKnownHost, matchesHosts, parseKnownHosts } from './known-hosts';
import { newKeyPair } from './testing/keys';

const newKey = (type: 'ed25519' | 'ecdsa' = 'ed25519') => {
  const pair = newKeyPair(type);
  const [keyType = '', encoded = ''] = pair.public.split(' ');
  return { text: `${keyType} ${encoded}`, blob: Buffer.from(encoded, 'base64') };
};
const mine = newKey();
const other = newKey();

const hashed = (name: string): string => {
  const salt = Buffer.from('0123456789abcdefghij');
  const hash = createHmac('sha1', salt).update(name).digest('base64');
  return `|1|${salt.toString('base64')}|${hash}`;
};
const look = (text: string, host = 'web01.example.org', port = 22, blob: Uint8Array = mine.blob) =>
  lookUpKnownHost(parseKnownHosts(text), host, port, blob);

describe('parseKnownHosts', () => {
  it('takes comments, empty lines, markers and both line ends, and lists what is broken', () => {
    const text = [
      '\ufeff# a comment',
      '',
      `web01 ${mine.text} a comment`,
      `\t web02\t${mine.text}`,
      `@revoked * ${other.text}`,
      `@cert-authority *.example.org ${other.text}`,
      `@unheard-of web03 ${mine.text}`,
      'web04 ssh-ed25519',
      'web05 ssh-ed25519 not*base64',
      `web06 ssh-rsa ${mine.text.split(' ')[1]}`,
      'web07 1024 35 1234567890',
      'nonsense',
    ].join('\r\n');
    const { entries, brokenLines } = parseKnownHosts(text);
    expect(entries.map(({ hosts, marker, line }) => [hosts, marker, line])).toEqual([
      ['web01', 'key', 3],
      ['web02', 'key', 4],
      ['*', 'revoked', 5],
      ['*.example.org', 'cert-authority', 6],
    ]);
    expect(brokenLines).toEqual([7, 8, 9, 10, 11, 12]);
  });
});

describe('matchesHosts', () => {
  it.each([
    ['web01', 'web01', true],
    ['WEB01', 'web01', true],
    ['web01', 'web011', false],
    ['web0?', 'web01', true],
    ['web0?', 'web0', false],
    ['*.example.org', 'a.b.example.org', true],
    ['*.example.org', 'example.org', false],
    ['*', 'anything', true],
    ['a,b,c', 'b', true],
    ['*.example.org,!web01.example.org', 'web01.example.org', false],
    ['*.example.org,!web01.example.org', 'web02.example.org', true],
    ['!web01', 'web02', false],
    ['[web01]:2222', '[web01]:2222', true],
    ['[web*]:2222', '[web01]:2222', true],
    [hashed('web01'), 'web01', true],
    [hashed('web01'), 'web02', false],
    ['|1|broken', 'web01', false],
    ['|2|YQ==|YQ==', 'web01', false],
  ])('%s on %s is %s', (hosts, name, expected) => {
    expect(matchesHosts(hosts, name)).toBe(expected);
  });

  it('is not slowed down by a pattern of many stars', () => {
    expect(matchesHosts(`${'*a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

describe('lookUpKnownHost', () => {
  it.each([
    ['the same key', `web01.example.org ${mine.text}`, 'matches'],
    ['another key', `web01.example.org ${other.text}`, 'differs'],
    [
      'several keys, one of them this',
      `web01.example.org ${other.text}\nweb01.example.org ${mine.text}`,
      'matches',
    ],
    ['another host', `web02.example.org ${other.text}`, 'unknown'],
    ['nothing', '', 'unknown'],
    ['a revoked key', `web01.example.org ${mine.text}\n@revoked * ${mine.text}`, 'revoked'],
    ['another revoked key', `@revoked * ${other.text}`, 'unknown'],
    ['this key revoked elsewhere', `@revoked web09 ${mine.text}`, 'unknown'],
    ['a certificate authority with this key', `@cert-authority * ${mine.text}`, 'unknown'],
    ['a hashed name', `${hashed('web01.example.org')} ${mine.text}`, 'matches'],
  ])('%s', (_, text, expected) => {
    expect(look(text)).toBe(expected);
  });

  it('tells ports apart, but takes a key noted without one', () => {
    expect(look(`[web01]:2222 ${mine.text}`, 'web01', 2222)).toBe('matches');
    expect(look(`[web01]:2222 ${mine.text}`, 'web01', 22)).toBe('unknown');
    expect(look(`web01 ${mine.text}`, 'web01', 2222)).toBe('matches');
    expect(look(`web01 ${other.text}`, 'web01', 2222)).toBe('unknown');
    expect(look(`${hashed('[web01]:2222')} ${other.text}`, 'WEB01', 2222)).toBe('differs');
  });

  it('names the key types to ask for', () => {
    const text = `web01 ${newKey('ecdsa').text}\nweb01 ${mine.text}\nweb02 ${other.text}`;
    expect(knownKeyTypes(parseKnownHosts(text), 'web01', 22)).toEqual(['ecdsa-sha2-nistp256', 'ssh-ed25519']);
  });
});
