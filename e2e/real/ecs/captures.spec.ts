import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../../electron/lab/clock';
import { parseRequest } from '../../../electron/lab/ecs/http-request';
import { acs3Signature } from '../../../electron/lab/ecs/signature/acs3';
import { permanentKey } from '../../../electron/lab/ecs/signature/keys';
import { rpcSignature } from '../../../electron/lab/ecs/signature/rpc';
import { createEcsStandIn, type EcsStandIn } from '../../../electron/lab/ecs/stand-in';

interface Capture {
  readonly name: string;
  readonly action: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly sdkResult?: { readonly body?: unknown };
}

const reference = process.env.LOCKWATCH_REFERENCE_DATA;
const folder = reference === undefined ? undefined : join(reference, 'ecs-wire');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder ?? '', name), 'utf8'));
const captures: Capture[] = (folder === undefined ? [] : readdirSync(folder))
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ ...(read(name) as Capture), name }))
  .filter((capture) => capture.headers !== undefined && capture.url !== undefined);
/** The pair that the recordings were made with. It belongs to no account. */
const KEY = permanentKey('testAccessKeyId', 'testAccessKeySecret');

/** What is wrong with a recording but its signature: a page token of another server, a password with a blank. */
const refusals: Readonly<Record<string, readonly [number, string]>> = {
  'DescribeInstances.page2.json': [400, 'InvalidNextToken'],
  'ModifyInstanceAttribute.password.json': [400, 'InvalidPassword.Malformed'],
};

/** What the recordings speak about. */
const estate = {
  groups: ['sg-1', 'sg-2', 'sg-q'].map((id) => ({
    id,
    rules: [1, 2].map((n) => ({
      id: `${id === 'sg-1' ? 'sgr' : id}-${n}`,
      portRange: n === 1 ? '3389/3389' : '22/22',
      sourceCidrIp: '0.0.0.0/0',
    })),
  })),
  instances: [
    {
      id: 'i-1',
      interfaces: [{ id: 'eni-1', privateAddresses: ['10.0.0.5'], groupIds: ['sg-1', 'sg-2'] }],
    },
  ],
};

const open: EcsStandIn[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

/** Sends a recorded request byte for byte, and answers its status and body. */
async function replay(
  capture: Capture,
  url = capture.url,
): Promise<{ status: number; code: string | undefined }> {
  const { headers } = capture;
  const date = headers['x-acs-date'] ?? /Timestamp=([^&]*)/.exec(`${capture.url}&${capture.body}`)?.[1] ?? '';
  const token = headers['x-acs-security-token'];
  const standIn = createEcsStandIn({
    estate,
    clock: new SimulatedClock(Date.parse(decodeURIComponent(date))),
    keys: [token === undefined ? KEY : { ...KEY, securityToken: token }],
  });
  open.push(standIn);
  const port = await standIn.start();
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method: capture.method, path: url, headers },
      (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => {
          const { Code: code } = JSON.parse(text) as { Code?: string };
          resolve({ status: response.statusCode ?? 0, code });
        });
      },
    );
    sent.on('error', reject);
    sent.end(capture.body);
  });
}

describe.skipIf(folder === undefined)(
  'recorded requests (skipped unless LOCKWATCH_REFERENCE_DATA is set)',
  () => {
    it('are there', () => {
      expect(captures.length).toBeGreaterThan(20);
    });

    it.each(captures)('$name is taken as signed', async (capture) => {
      const { status, code } = await replay(capture);
      expect([status, code]).toEqual(refusals[capture.name] ?? [200, undefined]);
    });

    it.each(captures.filter(({ url }) => url.includes('RegionId=')))(
      '$name is refused with one parameter changed',
      async (capture) => {
        const changed = capture.url.replace('RegionId=cn-hangzhou', 'RegionId=cn-shanghai');
        expect((await replay(capture, changed)).code).toBe('SignatureDoesNotMatch');
      },
    );

    it('and both official vectors give the documented signatures', () => {
      const { acs3, rpcV1 } = read('known-answer-vectors.json') as {
        acs3: Record<string, string>;
        rpcV1: { method: string; params: Record<string, string>; sk: string; signature: string };
      };
      const headers: Record<string, string> = {
        host: acs3.host ?? '',
        'x-acs-action': acs3.action ?? '',
        'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'x-acs-date': acs3.date ?? '',
        'x-acs-signature-nonce': acs3.nonce ?? '',
        'x-acs-version': acs3.version ?? '',
      };
      const { query, body } = parseRequest('POST', `/?${acs3.query}`, headers, new Uint8Array());
      const signedHeaders = Object.keys(headers).sort();
      const signature = acs3Signature({ method: 'POST', query, headers, body, signedHeaders }, acs3.sk ?? '');
      expect(signature).toBe(acs3.signature);
      expect(rpcSignature(rpcV1.method, Object.entries(rpcV1.params), rpcV1.sk)).toBe(rpcV1.signature);
    });
  },
);
