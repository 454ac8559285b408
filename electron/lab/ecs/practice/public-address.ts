import { createServer, type Server } from 'node:http';
import { listenNear } from '../../listening';
import { closeServer } from '../http-server';

/** A stand-in for the services that tell an admin's public address: as plain text, and as JSON under `/json`. */
export class PublicAddressService {
  readonly #server: Server;
  #port = 0;

  constructor(address: () => string) {
    this.#server = createServer((request, response) => {
      const isJson = request.url === '/json';
      response
        .writeHead(200, {
          'content-type': isJson ? 'application/json' : 'text/plain',
          'cache-control': 'no-store',
          'x-stand-in': 'true',
        })
        .end(isJson ? JSON.stringify({ ip: address() }) : `${address()}\n`);
    });
  }

  async start(preferred: number): Promise<number> {
    this.#port = await listenNear(this.#server, preferred);
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  stop(): Promise<void> {
    return closeServer(this.#server);
  }
}
