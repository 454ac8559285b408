import { randomUUID } from 'node:crypto';
import { acs3Signature, bodyHash } from '../signature/acs3';
import { percentEncode } from '../signature/percent';
import { rpcSignature } from '../signature/rpc';
import { STAND_IN_KEY } from '../stand-in';

export interface ClientKey {
  readonly id: string;
  readonly secret: string;
  readonly securityToken?: string | null;
}

export interface Asked {
  readonly endpoint: string;
  readonly key?: ClientKey;
  readonly now?: number;
  readonly version?: string;
  readonly nonce?: string;
  readonly signal?: AbortSignal;
  /** Changes headers after they were signed. */
  readonly tamper?: (headers: Record<string, string>) => void;
}

/** An answer of whatever shape: a test looks at what it expects to be there. */
export interface Body {
  readonly [key: string]: Body;
}

export interface Answered {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

type Parameters = Readonly<Record<string, string>>;

const written = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
const queryText = (parameters: Iterable<readonly [string, string]>): string =>
  [...parameters].map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`).join('&');

/** One call in the newer style, signed with the stand-in's own functions: for what comes after the signature. */
export async function call(asked: Asked, action: string, parameters: Parameters = {}): Promise<Answered> {
  const key: ClientKey = asked.key ?? STAND_IN_KEY;
  const query = Object.entries(parameters);
  const body = new Uint8Array();
  const headers: Record<string, string> = {
    'x-acs-action': action,
    'x-acs-version': asked.version ?? '2014-05-26',
    'x-acs-date': written(asked.now ?? Date.now()),
    'x-acs-signature-nonce': asked.nonce ?? randomUUID(),
    'x-acs-content-sha256': bodyHash(body),
    ...(key.securityToken ? { 'x-acs-security-token': key.securityToken } : {}),
  };
  const all = { ...headers, host: new URL(asked.endpoint).host };
  const signedHeaders = Object.keys(all).sort();
  const signature = acs3Signature({ method: 'POST', query, headers: all, body, signedHeaders }, key.secret);
  headers.authorization = `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`;
  asked.tamper?.(headers);
  const init: RequestInit = { method: 'POST', headers };
  if (asked.signal) init.signal = asked.signal;
  return read(await fetch(`${asked.endpoint}/?${queryText(query)}`, init));
}

/** One call in the older style, everything in the query or in a form. */
export async function callRpc(
  asked: Asked,
  method: 'GET' | 'POST',
  action: string,
  parameters: Parameters = {},
): Promise<Answered> {
  const key: ClientKey = asked.key ?? STAND_IN_KEY;
  const all: [string, string][] = Object.entries({
    Format: 'JSON',
    ...parameters,
    Action: action,
    Version: asked.version ?? '2014-05-26',
    AccessKeyId: key.id,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: asked.nonce ?? randomUUID(),
    Timestamp: written(asked.now ?? Date.now()),
    ...(key.securityToken ? { SecurityToken: key.securityToken } : {}),
  });
  const signed = queryText([...all, ['Signature', rpcSignature(method, all, key.secret)]]);
  if (method === 'GET') return read(await fetch(`${asked.endpoint}/?${signed}`));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return read(await fetch(`${asked.endpoint}/`, { method, headers, body: signed }));
}

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
}
