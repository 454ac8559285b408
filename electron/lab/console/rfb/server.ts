import { createServer, type Server, type Socket } from 'node:net';
import type { LabClock } from '../../clock';
import { listenNear } from '../../listening';
import { type ConsoleDisplay, RfbConnection } from './connection';
import type { Rectangle } from './rectangles';

const MOST_CLIENTS = 8;

export interface RfbServerOptions {
  readonly display: ConsoleDisplay;
  /** The desktop's name as clients show it. */
  readonly name: string;
  readonly password: string | null;
  readonly clock: LabClock;
  /** How many clients see the picture has changed. */
  readonly onClients: (count: number) => void;
}

/** The console port of one practice instance: several clients at once, on loopback only. */
export class RfbServer {
  readonly #options: RfbServerOptions;
  readonly #connections = new Map<Socket, RfbConnection>();
  #listener: Server | undefined;
  #port = 0;

  constructor(options: RfbServerOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#port;
  }

  get listening(): boolean {
    return this.#listener !== undefined;
  }

  get clients(): number {
    return [...this.#connections.values()].filter(({ open }) => open).length;
  }

  /** Listens on the preferred port, or on a free one when that is taken or 0. */
  async start(preferredPort = 0): Promise<number> {
    const listener = createServer((socket) => this.#accept(socket));
    this.#port = await listenNear(listener, preferredPort);
    this.#listener = listener;
    return this.#port;
  }

  async stop(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    const closed = new Promise<void>((resolve) => (listener ? listener.close(() => resolve()) : resolve()));
    for (const connection of this.#connections.values()) connection.close();
    await closed;
  }

  /** Tells every client that these areas look different now. */
  changed(areas: readonly Rectangle[]): void {
    for (const connection of this.#connections.values()) if (connection.open) connection.changed(areas);
  }

  bell(): void {
    for (const connection of this.#connections.values()) connection.bell();
  }

  #accept(socket: Socket): void {
    if (this.#connections.size >= MOST_CLIENTS) {
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    const { onClients, ...options } = this.#options;
    const connection = new RfbConnection({
      ...options,
      socket,
      onOpen: (alone) => {
        if (alone) for (const other of this.#connections.values()) if (other !== connection) other.close();
        onClients(this.clients);
      },
    });
    this.#connections.set(socket, connection);
    socket.once('close', () => {
      this.#connections.delete(socket);
      onClients(this.clients);
    });
  }
}
