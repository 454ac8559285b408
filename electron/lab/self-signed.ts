import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate that a practice service shows, as Windows makes one for Remote Desktop by itself. */
export interface SelfSigned {
  readonly certificatePem: string;
  readonly keyPem: string;
}

const ECDSA_WITH_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const COMMON_NAME = [0x55, 0x04, 0x03];
const ALTERNATIVE_NAME = [0x55, 0x1d, 0x11];
const VERSION_3 = 2;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size: number[] = [];
  for (let left = body.length; left > 0; left >>= 8) size.unshift(left & 0xff);
  const length = body.length < 0x80 ? [body.length] : [0x80 | size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (encoded: readonly number[]): Buffer => der(0x06, Buffer.from(encoded));
const name = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from(commonName, 'utf8')))));

/** `20260304100000Z`, which unlike the shorter form says the century. */
const time = (atMs: number): Buffer =>
  der(0x18, Buffer.from(`${new Date(atMs).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));

/** The extension that lists DNS names and IPv4 addresses; nothing for none. */
function alternatives(names: readonly string[]): Buffer {
  if (names.length === 0) return bytes();
  const listed = names.map((one) =>
    isIPv4(one) ? der(0x87, bytes(...one.split('.').map(Number))) : der(0x82, Buffer.from(one, 'latin1')),
  );
  return der(0xa3, sequence(sequence(oid(ALTERNATIVE_NAME), der(0x04, sequence(...listed)))));
}

/**
 * A certificate of its own for a computer's name (X.509, RFC 5280), with a new key. `others`: further DNS names and
 * IPv4 addresses that it is good for.
 */
export function selfSigned(
  commonName: string,
  validFromMs: number,
  validToMs: number,
  others: readonly string[] = [],
): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(ECDSA_WITH_SHA256));
  // Positive and not zero.
  const serial = Buffer.concat([bytes(0x01), randomBytes(15)]);
  const content = sequence(
    der(0xa0, der(0x02, bytes(VERSION_3))),
    der(0x02, serial),
    algorithm,
    name(commonName),
    sequence(time(validFromMs), time(validToMs)),
    name(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    alternatives(others),
  );
  const signature = der(0x03, bytes(0), sign('sha256', content, privateKey));
  const lines =
    sequence(content, algorithm, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return {
    certificatePem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
