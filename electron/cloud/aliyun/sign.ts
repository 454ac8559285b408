import { createHash, createHmac } from 'node:crypto';
import { canonicalQuery, type Parameters } from './encode';

/** What a request is signed with. The secret is asked for at the moment of signing and kept nowhere. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Set for temporary credentials. */
  readonly securityToken: string | null;
}

export interface UnsignedRequest {
  /** Host with its port, if that is not the scheme's own. */
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly parameters: Parameters;
  /** UTC without milliseconds: `2026-11-21T19:33:24Z`. The cloud allows 15 minutes of difference. */
  readonly date: string;
  /** Never used twice. */
  readonly nonce: string;
}

export interface SignedRequest {
  /** Everything after `?`, in canonical form. */
  readonly query: string;
  /** Without `host`, which the HTTP client sets by itself from the URL. */
  readonly headers: Record<string, string>;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const EMPTY_BODY = sha256('');

/** Formats milliseconds since 1970 as the signature's date. */
export const signatureDate = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

/**
 * Signs a `POST /` with an empty body by ACS3-HMAC-SHA256: host and every `x-acs-*` header are covered. Pure.
 * The query is sent exactly as it was signed, so that no server has to guess how it was encoded.
 */
export function signRequest(request: UnsignedRequest, key: SigningKey): SignedRequest {
  const query = canonicalQuery(request.parameters);
  const headers: Record<string, string> = {
    'x-acs-action': request.action,
    'x-acs-content-sha256': EMPTY_BODY,
    'x-acs-date': request.date,
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
  };
  if (key.securityToken !== null) {
    headers['x-acs-accesskey-id'] = key.accessKeyId;
    headers['x-acs-security-token'] = key.securityToken;
  }
  const covered: Record<string, string> = { ...headers, host: request.host };
  const names = Object.keys(covered).sort();
  const lines = names.map((name) => `${name}:${(covered[name] ?? '').trim()}\n`).join('');
  const signedHeaders = names.join(';');
  const canonicalRequest = `POST\n/\n${query}\n${lines}\n${signedHeaders}\n${EMPTY_BODY}`;
  const stringToSign = `${ALGORITHM}\n${sha256(canonicalRequest)}`;
  const signature = createHmac('sha256', key.accessKeySecret).update(stringToSign, 'utf8').digest('hex');
  const authorization = `${ALGORITHM} Credential=${key.accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`;
  return { query, headers: { ...headers, authorization }, canonicalRequest, stringToSign };
}
