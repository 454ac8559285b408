import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { writeAnswer } from './answer';
import { consolePage } from './console-page';
import type { Gateway } from './gateway';
import { readRequest } from './http-request';

/** Told with every answer, so that nobody takes it for the cloud. */
const LABEL = { server: 'Lockwatch ECS stand-in', 'x-stand-in': 'true' } as const;

export function createHttpServer(gateway: Gateway): Server {
  return createServer((message, response) => {
    serve(gateway, message, response).catch((thrown: unknown) => {
      // Nothing of the interface: a defect here, or a hook of a test that threw. It must not look like a fault.
      if (response.headersSent || response.destroyed) return response.destroy();
      return response.writeHead(500, LABEL).end(`Stand-in defect: ${String(thrown)}`);
    });
  });
}

async function serve(gateway: Gateway, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const page = message.method === 'GET' ? consolePage(message.url ?? '/') : undefined;
  if (page !== undefined) {
    response.writeHead(200, { ...LABEL, 'content-type': 'text/html; charset=utf-8' }).end(page);
    return;
  }
  const request = await readRequest(message);
  if (!request) {
    response.writeHead(413, LABEL).end();
    return;
  }
  const outcome = await gateway.handle(request);
  if (outcome === 'silent') return;
  if (outcome === 'lost') {
    response.destroy();
    return;
  }
  if (outcome === 'html502') {
    const page =
      '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
    response.writeHead(502, { ...LABEL, 'content-type': 'text/html' }).end(page);
    return;
  }
  const { contentType, text } = writeAnswer(request.format, outcome.root, outcome.body);
  const retry = outcome.retryAfterMs === null ? {} : { 'x-acs-retry-after': String(outcome.retryAfterMs) };
  response
    .writeHead(outcome.status, {
      ...LABEL,
      ...retry,
      'content-type': contentType,
      'x-acs-request-id': outcome.requestId,
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
