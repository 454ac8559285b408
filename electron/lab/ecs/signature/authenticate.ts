import { timingSafeEqual } from 'node:crypto';
import { EcsError } from '../error';
import type { ParsedRequest } from '../http-request';
import { acs3Signature, bodyHash, readAcs3, unsignedHeaders } from './acs3';
import type { AccessKey } from './keys';
import { rpcSignature } from './rpc';

/** How far a request's date may be off; the documented quarter of an hour. */
const TOLERANCE_MS = 15 * 60_000;

export interface Authenticator {
  /** Throws the documented error when the request is not from a known key, in time and for the first time. */
  check(request: ParsedRequest): AccessKey;
}

interface Claim {
  readonly accessKeyId: string;
  readonly date: string;
  readonly nonce: string;
  readonly securityToken: string | null;
  readonly signed: (secret: string) => string;
  readonly signature: string;
}

/** `remember` false lets a recorded request be played back more than once. */
export function createAuthenticator(
  keys: ReadonlyMap<string, AccessKey>,
  now: () => number,
  remember = true,
): Authenticator {
  const nonces = new Map<string, number>();
  return {
    check(request) {
      const claim = readClaim(request);
      checkDate(claim.date, now());
      const key = keys.get(claim.accessKeyId);
      if (!key) {
        throw new EcsError(404, 'InvalidAccessKeyId.NotFound', 'The specified access key is not found.');
      }
      if (!key.active) throw new EcsError(400, 'InvalidAccessKeyId.Inactive', 'The access key is disabled.');
      if (!same(claim.signed(key.secret), claim.signature)) {
        throw new EcsError(
          400,
          'SignatureDoesNotMatch',
          'The specified signature does not match what was calculated from the request.',
        );
      }
      checkToken(key, claim.securityToken, now());
      if (remember) spendNonce(nonces, `${key.id} ${claim.nonce}`, now());
      return key;
    },
  };
}

function readClaim(request: ParsedRequest): Claim {
  const { headers, method, query, body, parameters } = request;
  const header = headers.authorization;
  if (header === undefined) return rpcClaim(request);
  const acs3 = readAcs3(header);
  if (!acs3) throw incomplete();
  if (unsignedHeaders(headers, acs3.signedHeaders).length > 0) throw incomplete();
  const hash = headers['x-acs-content-sha256'];
  if (hash !== undefined && hash !== bodyHash(body)) {
    throw new EcsError(400, 'InvalidContentHash', 'x-acs-content-sha256 does not match the body.');
  }
  return {
    accessKeyId: acs3.accessKeyId,
    date: headers['x-acs-date'] ?? '',
    nonce: headers['x-acs-signature-nonce'] ?? '',
    securityToken: headers['x-acs-security-token'] ?? parameters.SecurityToken ?? null,
    signature: acs3.signature,
    signed: (secret) =>
      acs3Signature({ method, query, headers, body, signedHeaders: acs3.signedHeaders }, secret),
  };
}

function rpcClaim({ method, query, form, parameters }: ParsedRequest): Claim {
  const accessKeyId = parameters.AccessKeyId;
  if (!accessKeyId)
    throw new EcsError(400, 'MissingAccessKeyId', 'AccessKeyId is mandatory for this action.');
  if (!parameters.Signature)
    throw new EcsError(400, 'MissingSignature', 'Signature is mandatory for this action.');
  if ((parameters.SignatureMethod ?? 'HMAC-SHA1') !== 'HMAC-SHA1') {
    throw new EcsError(400, 'InvalidSignatureMethod', 'The signature method is not valid.');
  }
  return {
    accessKeyId,
    date: parameters.Timestamp ?? '',
    nonce: parameters.SignatureNonce ?? '',
    securityToken: parameters.SecurityToken ?? null,
    signature: parameters.Signature,
    signed: (secret) => rpcSignature(method, [...query, ...form], secret),
  };
}

const incomplete = () =>
  new EcsError(400, 'IncompleteSignature', 'The signature of the request does not conform to the standard.');

function checkDate(date: string, now: number): void {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) || Number.isNaN(Date.parse(date))) {
    throw new EcsError(400, 'InvalidTimeStamp.Format', 'The time stamp or date is not well formatted.');
  }
  if (Math.abs(Date.parse(date) - now) > TOLERANCE_MS) {
    throw new EcsError(400, 'InvalidTimeStamp.Expired', 'The time stamp or date is expired.');
  }
}

function checkToken(key: AccessKey, given: string | null, now: number): void {
  if (key.securityToken === null) {
    if (given === null) return;
    throw new EcsError(
      400,
      'InvalidSecurityToken.MismatchWithAccessKey',
      'The security token does not belong to this access key.',
    );
  }
  if (given === null)
    throw new EcsError(400, 'MissingSecurityToken', 'SecurityToken is mandatory for this key.');
  if (given !== key.securityToken) {
    throw new EcsError(400, 'InvalidSecurityToken.Malformed', 'The security token is malformed.');
  }
  if (key.expiresAtMs !== null && now >= key.expiresAtMs) {
    throw new EcsError(400, 'InvalidSecurityToken.Expired', 'The security token is expired.');
  }
}

function spendNonce(nonces: Map<string, number>, nonce: string, now: number): void {
  for (const [old, atMs] of nonces) {
    if (now - atMs <= 2 * TOLERANCE_MS) break;
    nonces.delete(old);
  }
  if (nonces.has(nonce)) {
    throw new EcsError(400, 'SignatureNonceUsed', 'The signature nonce was used already.');
  }
  nonces.set(nonce, now);
}

function same(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}
