import { createHash, createHmac } from 'node:crypto';
import { canonicalQuery } from './percent';

export interface Acs3Authorization {
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export const ACS3 = 'ACS3-HMAC-SHA256';

/** Takes the header apart, its three parts in any order; null when it is no such header. */
export function readAcs3(header: string): Acs3Authorization | null {
  const scheme = header.slice(0, header.indexOf(' '));
  if (scheme !== ACS3) return null;
  const parts = new Map<string, string>();
  for (const part of header.slice(scheme.length).split(',')) {
    const [, name, value] = /^\s*(\w+)=(.*?)\s*$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined) parts.set(name, value);
  }
  const accessKeyId = parts.get('Credential');
  const signedHeaders = parts.get('SignedHeaders');
  const signature = parts.get('Signature');
  if (!accessKeyId || !signedHeaders || !signature) return null;
  return { accessKeyId, signedHeaders: signedHeaders.toLowerCase().split(';'), signature };
}

export interface Acs3Request {
  readonly method: string;
  readonly query: Iterable<readonly [string, string]>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly signedHeaders: readonly string[];
}

const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

/** Hash of the body, as `x-acs-content-sha256` must say it. */
export const bodyHash = (body: Uint8Array): string => sha256(body);

/** The signature in lower-case hexadecimal. The signed headers are taken in the order that the client names. */
export function acs3Signature(request: Acs3Request, secret: string): string {
  const headers = request.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`);
  const canonical = [
    request.method,
    '/',
    canonicalQuery(request.query),
    headers.join(''),
    request.signedHeaders.join(';'),
    bodyHash(request.body),
  ].join('\n');
  return createHmac('sha256', secret)
    .update(`${ACS3}\n${sha256(canonical)}`)
    .digest('hex');
}

const REQUIRED = ['host', 'x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce'];

/** Headers that must be under the signature and are not: the host and every `x-acs-` header that was sent. */
export function unsignedHeaders(
  headers: Readonly<Record<string, string>>,
  signed: readonly string[],
): string[] {
  const needed = [...REQUIRED, ...Object.keys(headers).filter((name) => name.startsWith('x-acs-'))];
  return [...new Set(needed)].filter((name) => !signed.includes(name));
}
