import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { SelfSigned } from '../../self-signed';
import { agreesOnNla, rdpConfirm, readRdpRequest } from './rdp-answer';

const MOST_REQUEST_BYTES = 1_024;
const IDLE_MS = 10_000;

/**
 * What answers behind an open Remote Desktop port: the negotiation, then TLS with the instance's own certificate, and
 * nothing after it, because there is no session. Knows of no security group: whoever got here is inside.
 */
export class RdpService {
  readonly #context: SecureContext;
  readonly #open = new Set<Duplex>();

  constructor({ keyPem, certificatePem }: SelfSigned) {
    this.#context = createSecureContext({ key: keyPem, cert: certificatePem });
  }

  serve(stream: Duplex): void {
    this.#open.add(stream);
    const hangUp = () => stream.destroy();
    const patience = setTimeout(hangUp, IDLE_MS);
    stream.once('close', () => {
      clearTimeout(patience);
      this.#open.delete(stream);
    });
    stream.on('error', hangUp);
    let data = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      data = Buffer.concat([data, chunk]);
      const request = readRdpRequest(data);
      if (request.kind === 'incomplete' && data.length <= MOST_REQUEST_BYTES) return;
      stream.off('data', take);
      // A client that does not negotiate cannot do network level authentication: Windows hangs up on it too.
      if (request.kind !== 'request' || request.protocols === null) {
        hangUp();
        return;
      }
      stream.write(rdpConfirm(request.protocols));
      if (!agreesOnNla(request.protocols)) {
        stream.once('data', hangUp);
        return;
      }
      stream.pause();
      const secure = new TLSSocket(stream, { isServer: true, secureContext: this.#context });
      secure.on('error', hangUp);
      // What would follow are credentials, and there is nobody to judge them.
      secure.once('data', hangUp);
      secure.once('end', hangUp);
    };
    stream.on('data', take);
  }

  /** Ends every connection, as a restart does. */
  drop(): void {
    for (const stream of this.#open) stream.destroy();
  }
}
