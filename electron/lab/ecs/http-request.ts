import type { IncomingMessage } from 'node:http';

const MAX_BODY_BYTES = 1024 * 1024;

/** A request as the provider's gateway sees it: decoded once, nothing compared as raw text. */
export interface ParsedRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly form: readonly (readonly [string, string])[];
  /** Query and form together. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly action: string;
  readonly version: string;
  readonly format: 'JSON' | 'XML';
}

/** Reads the request to its end; null when the body is too large. */
export async function readRequest(message: IncomingMessage): Promise<ParsedRequest | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return parseRequest(
    message.method ?? 'GET',
    message.url ?? '/',
    flatHeaders(message),
    Buffer.concat(chunks),
  );
}

const flatHeaders = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );

export function parseRequest(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): ParsedRequest {
  const at = url.indexOf('?');
  const query = at < 0 ? [] : readPairs(url.slice(at + 1));
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const form = isForm ? readPairs(Buffer.from(body).toString('utf8')) : [];
  const parameters = Object.fromEntries([...query, ...form]);
  return {
    method,
    headers,
    query,
    form,
    parameters,
    body,
    action: headers['x-acs-action'] ?? parameters.Action ?? '',
    version: headers['x-acs-version'] ?? parameters.Version ?? '',
    format: formatOf(headers, parameters),
  };
}

/** XML is what the older style answers unless it is asked for JSON. */
function formatOf(
  headers: Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, string>>,
): 'JSON' | 'XML' {
  const asked = parameters.Format?.toUpperCase();
  if (asked === 'JSON' || asked === 'XML') return asked;
  if (headers.authorization === undefined) return 'XML';
  return headers.accept === 'application/xml' ? 'XML' : 'JSON';
}

/** `+` is a blank, as in every form; a broken escape stays as it is. */
function readPairs(text: string): (readonly [string, string])[] {
  return [...new URLSearchParams(text)];
}
