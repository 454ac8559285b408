import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canonicalQuery, encodeRfc3986 } from './encode';
import { signatureDate, signRequest } from './sign';

const data = process.env.LOCKWATCH_REFERENCE_DATA;
const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(data ?? '', 'ecs-wire', `${name}.json`), 'utf8'));
const fields = z.record(z.string(), z.string());

const request = {
  host: 'ecs.example.test',
  action: 'DescribeInstances',
  version: '2014-05-26',
  parameters: { RegionId: 'eu-central-1' },
  date: '2026-01-02T03:04:05Z',
  nonce: 'n-1',
};
const key = { accessKeyId: 'key-id', accessKeySecret: 'canary-secret', securityToken: null };

describe('the canonical query', () => {
  it('escapes what RFC 3986 reserves, and nothing else', () => {
    expect(encodeRfc3986("a b!'()*~-_.é/+")).toBe('a%20b%21%27%28%29%2A~-_.%C3%A9%2F%2B');
  });

  it('sorts keys by their bytes: 10 comes before 2', () => {
    expect(canonicalQuery({ 'Ids.2': 'b', 'Ids.10': 'a', b: '', a: '=' })).toBe('Ids.10=a&Ids.2=b&a=%3D&b=');
  });
});

describe('the signature', () => {
  it('covers the host and every x-acs header, and is right by an independent computation', () => {
    const signed = signRequest(request, key);
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const canonical = [
      'POST',
      '/',
      'RegionId=eu-central-1',
      'host:ecs.example.test',
      'x-acs-action:DescribeInstances',
      `x-acs-content-sha256:${hash('')}`,
      'x-acs-date:2026-01-02T03:04:05Z',
      'x-acs-signature-nonce:n-1',
      'x-acs-version:2014-05-26',
      '',
      'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version',
      hash(''),
    ].join('\n');
    const expected = createHmac('sha256', 'canary-secret')
      .update(`ACS3-HMAC-SHA256\n${hash(canonical)}`)
      .digest('hex');
    expect(signed.canonicalRequest).toBe(canonical);
    expect(signed.headers.authorization).toMatch(new RegExp(`Signature=${expected}$`));
  });

  it('sends the token of temporary credentials, signed', () => {
    const { headers, canonicalRequest } = signRequest(request, { ...key, securityToken: 'token-1' });
    expect(headers).toMatchObject({ 'x-acs-security-token': 'token-1', 'x-acs-accesskey-id': 'key-id' });
    expect(canonicalRequest).toContain('x-acs-accesskey-id;x-acs-action');
    expect(canonicalRequest).toContain('x-acs-security-token:token-1\n');
  });

  it('changes with the secret, and never shows it', () => {
    const one = signRequest(request, key);
    const other = signRequest(request, { ...key, accessKeySecret: 'another' });
    expect(one.headers.authorization).not.toBe(other.headers.authorization);
    expect(JSON.stringify(one)).not.toContain('canary');
  });

  it('writes the date in UTC without milliseconds', () => {
    expect(signatureDate(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe('2026-01-02T03:04:05Z');
  });
});

const why = data ? '' : ' (skipped: LOCKWATCH_REFERENCE_DATA is not set)';
describe.skipIf(!data)(`published vectors and captured requests${why}`, () => {
  it('gives the published ACS3 signature', () => {
    const vector = z.object({ acs3: fields }).loose().parse(read('known-answer-vectors')).acs3;
    const parameters = Object.fromEntries(new URLSearchParams(vector.query ?? ''));
    const signed = signRequest(
      {
        host: vector.host ?? '',
        action: vector.action ?? '',
        version: vector.version ?? '',
        date: vector.date ?? '',
        nonce: vector.nonce ?? '',
        parameters,
      },
      { accessKeyId: vector.ak ?? '', accessKeySecret: vector.sk ?? '', securityToken: null },
    );
    expect(signed.stringToSign).toBe(`ACS3-HMAC-SHA256\n${vector.hashedCanonicalRequest}`);
    expect(signed.headers.authorization).toContain(`Signature=${vector.signature}`);
  });

  it('encodes and sorts as the published RPC signature of version 1 demands', () => {
    const vector = z
      .object({
        rpcV1: z.object({ sk: z.string(), method: z.string(), signature: z.string(), params: fields }),
      })
      .parse(read('known-answer-vectors')).rpcV1;
    const text = `${vector.method}&%2F&${encodeRfc3986(canonicalQuery(vector.params))}`;
    expect(createHmac('sha1', `${vector.sk}&`).update(text).digest('base64')).toBe(vector.signature);
  });

  const captures = [
    'DescribeInstances',
    'DescribeInstances.page2',
    'DescribeInstances.byIdsJson',
    'DescribeSecurityGroups',
    'DescribeSecurityGroupAttribute',
    'AuthorizeSecurityGroup',
    'RevokeSecurityGroup.byRuleId',
    'ModifySecurityGroupRule',
    'ModifyInstanceAttribute.securityGroupIds',
    'ModifyNetworkInterfaceAttribute',
    'sts-DescribeInstances',
  ];
  /** The one signed header that other clients add and this one has no use for. */
  const EXTRA = 'x-acs-credentials-provider';

  it.each(captures)('signs what the vendor’s own client signed: %s', (name) => {
    const capture = z
      .object({ query: fields, headers: fields, canonicalRequest: z.string() })
      .loose()
      .parse(read(name));
    const { headers } = capture;
    const ours = signRequest(
      {
        host: headers.host ?? '',
        action: headers['x-acs-action'] ?? '',
        version: headers['x-acs-version'] ?? '',
        date: headers['x-acs-date'] ?? '',
        nonce: headers['x-acs-signature-nonce'] ?? '',
        parameters: capture.query,
      },
      {
        accessKeyId: /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '',
        accessKeySecret: 'unknown here',
        securityToken: headers['x-acs-security-token'] ?? null,
      },
    );
    const theirs = capture.canonicalRequest
      .replace(new RegExp(`${EXTRA}:[^\n]*\n`), '')
      .replace(`${EXTRA};`, '');
    expect(ours.canonicalRequest).toBe(theirs);
  });
});
