import { createHmac } from 'node:crypto';
import { canonicalQuery, percentEncode } from './percent';

/** The signature of the older RPC style: base64 of HMAC-SHA1 over method and every parameter but the signature. */
export function rpcSignature(
  method: string,
  parameters: Iterable<readonly [string, string]>,
  secret: string,
): string {
  const signed = [...parameters].filter(([key]) => key !== 'Signature');
  const text = `${method}&${percentEncode('/')}&${percentEncode(canonicalQuery(signed))}`;
  return createHmac('sha1', `${secret}&`).update(text).digest('base64');
}
