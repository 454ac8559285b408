import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol, type Session } from 'electron';
import { APP_SCHEME, resolveAsset } from './asset-path';
import { contentSecurityPolicy, withNonce } from './csp';

/** Makes `lockwatch://` a scheme with an origin of its own. Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the built page from its folder, with a new nonce for every load of a document. */
export function servePage(session: Session, pageFolder: string): void {
  session.protocol.handle(APP_SCHEME, (request) => answer(request, pageFolder));
}

/** Answers one request for a file of the page. */
async function answer(request: { method: string; url: string }, pageFolder: string): Promise<Response> {
  const asset = resolveAsset(request.method, request.url);
  if (asset.kind === 'refused') return refusal(asset.status);
  let content: Buffer;
  try {
    content = await readFile(join(pageFolder, asset.path));
  } catch {
    return refusal(404);
  }
  const nonce = randomBytes(16).toString('base64');
  const isDocument = asset.type.startsWith('text/html');
  const body = isDocument ? withNonce(content.toString('utf8'), nonce) : new Uint8Array(content);
  return new Response(request.method === 'HEAD' ? null : body, {
    headers: {
      'Content-Type': asset.type,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cache-Control': isDocument ? 'no-store' : 'max-age=31536000, immutable',
    },
  });
}

const refusal = (status: number): Response =>
  new Response(null, { status, headers: { 'Content-Security-Policy': "default-src 'none'" } });
