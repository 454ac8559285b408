import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { LabClock } from '../clock';
import { listenNear } from '../listening';
import type { SelfSigned } from '../self-signed';
import { BerError, elementLength } from './protocol/ber';
import { readMessage } from './protocol/messages';
import { LdapSession, type SessionOptions } from './session';

const MOST_MESSAGE_BYTES = 1024 * 1024;
const MOST_CONNECTIONS = 64;

export interface LdapServerOptions extends Omit<SessionOptions, 'secure'> {
  readonly identity: SelfSigned;
  readonly clock: LabClock;
}

/** One domain controller of the practice domain: LDAP with StartTLS on one port, LDAPS on another. Loopback only. */
export class LdapServer {
  readonly #options: LdapServerOptions;
  readonly #streams = new Set<Duplex>();
  readonly #context: SecureContext;
  #listeners: Server[] = [];
  #ports = { ldap: 0, ldaps: 0 };

  constructor(options: LdapServerOptions) {
    this.#options = options;
    this.#context = contextOf(options.identity);
  }

  get ports(): { readonly ldap: number; readonly ldaps: number } {
    return this.#ports;
  }

  get listening(): boolean {
    return this.#listeners.length > 0;
  }

  /** Takes the preferred ports or other free ones. */
  async start(preferred = { ldap: 0, ldaps: 0 }): Promise<{ ldap: number; ldaps: number }> {
    const [ldap, plain] = await this.#listen(preferred.ldap, false);
    const [ldaps, secure] = await this.#listen(preferred.ldaps, true);
    this.#listeners = [plain, secure];
    this.#ports = { ldap, ldaps };
    return this.#ports;
  }

  async stop(): Promise<void> {
    const listeners = this.#listeners;
    this.#listeners = [];
    const closed = listeners.map((one) => new Promise<void>((resolve) => one.close(() => resolve())));
    this.dropConnections();
    await Promise.all(closed);
  }

  dropConnections(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  /** A connection that came another way than by the ports: through an instance's SSH server. */
  serve(stream: Duplex, secure: boolean): void {
    if (this.#streams.size >= MOST_CONNECTIONS) {
      stream.destroy();
      return;
    }
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
    stream.on('error', () => stream.destroy());
    const talk = new Conversation(this.#options, () => this.#context);
    if (secure) talk.startTls(stream);
    else talk.listen(stream);
  }

  async #listen(preferred: number, secure: boolean): Promise<[number, Server]> {
    const server = createServer((socket: Socket) => this.serve(socket, secure));
    return [await listenNear(server, preferred), server];
  }
}

const contextOf = ({ keyPem, certificatePem }: SelfSigned) =>
  createSecureContext({ key: keyPem, cert: certificatePem });

/** One connection: bytes in, messages to the session, answers out. */
class Conversation {
  readonly #context: () => SecureContext;
  readonly #clock: LabClock;
  readonly #session: LdapSession;
  #secure = false;
  #data: Buffer = Buffer.alloc(0);

  constructor(options: LdapServerOptions, context: () => SecureContext) {
    this.#context = context;
    this.#clock = options.clock;
    this.#session = new LdapSession({ ...options, secure: () => this.#secure });
  }

  startTls(stream: Duplex): void {
    this.#secure = true;
    this.#data = Buffer.alloc(0);
    const secure = new TLSSocket(stream, { isServer: true, secureContext: this.#context() });
    secure.on('error', () => stream.destroy());
    secure.once('close', () => stream.destroy());
    this.listen(secure);
  }

  listen(stream: Duplex): void {
    const take = (chunk: Buffer) => {
      this.#data = this.#data.length === 0 ? chunk : Buffer.concat([this.#data, chunk]);
      try {
        if (this.#read(stream) === 'startTls') {
          stream.off('data', take);
          stream.pause();
          this.startTls(stream);
        }
      } catch (error) {
        if (!(error instanceof BerError)) throw error;
        // What is no LDAP ends the connection, as RFC 4511 5.3 has it.
        stream.destroy();
      }
    };
    stream.on('data', take);
  }

  #read(stream: Duplex): 'startTls' | undefined {
    for (;;) {
      const length = elementLength(this.#data);
      if (length !== undefined && length > MOST_MESSAGE_BYTES) throw new BerError('too long');
      if (length === undefined || this.#data.length < length) return undefined;
      const message = readMessage(this.#data.subarray(0, length));
      this.#data = this.#data.subarray(length);
      const { answers, delayMs = 0, after } = this.#session.answer(message);
      const send = () => {
        if (!stream.destroyed && answers.length > 0) stream.write(Buffer.concat(answers));
      };
      if (delayMs > 0) this.#clock.after(delayMs, send);
      else send();
      if (after === 'startTls') return after;
      if (after === 'close') {
        stream.end();
        return undefined;
      }
    }
  }
}
