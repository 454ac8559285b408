import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { listenOn } from '../../listening';
import type { RdpService } from './rdp-service';

/** Where the admin's own connections arrive. */
export const ADMIN_HOST = '127.0.0.1';
/** Where connections from bound source addresses arrive; there are systems that have no second loopback address. */
export const VISITOR_HOST = '127.0.0.2';
/** Below the ranges that systems take outgoing ports from, so that a closed door finds its port free again. */
const PORTS = { from: 10_000, to: 32_000 } as const;
const TRIES = 50;

export interface DoorRules {
  /** Whether the admin's connections are let in at present. */
  readonly admin: () => boolean;
  /** Whether a connection from this loopback address is let in at present. */
  readonly visitor: (loopbackAddress: string) => boolean;
}

/**
 * The Remote Desktop port of one practice instance. The admin's door is open exactly while the security groups let
 * the admin's address in, so that a probe finds the port open or closed; established connections stay. Visitors come
 * to the second loopback address from a bound source address and are reset when they are not let in.
 */
export class RdpDoor {
  readonly #rules: DoorRules;
  readonly #service: RdpService;
  #port = 0;
  #admin: Server | null = null;
  #visitors: Server | null = null;
  #settled: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(rules: DoorRules, service: RdpService) {
    this.#rules = rules;
    this.#service = service;
  }

  get port(): number {
    return this.#port;
  }

  /** Whether bound sources can be used on this system. */
  get hasVisitors(): boolean {
    return this.#visitors !== null;
  }

  /** Takes the preferred port or another free one; not by the seed, or two estates of one seed would fight for it. */
  async start(preferred: number): Promise<number> {
    for (let i = 0; i < TRIES; i++) {
      const port = i === 0 && preferred > 0 ? preferred : randomInt(PORTS.from, PORTS.to);
      const admin = await this.#listen(ADMIN_HOST, port, () => true).catch(() => null);
      if (!admin) continue;
      this.#admin = admin;
      this.#port = port;
      this.#visitors = await this.#listen(VISITOR_HOST, port, this.#rules.visitor).catch(() => null);
      this.update();
      await this.settled();
      return port;
    }
    throw new Error('No free port for the Remote Desktop stand-in');
  }

  /** Opens or closes the admin's door by what holds at this moment. */
  update(): void {
    this.#settled = this.#settled.then(() => this.#apply());
  }

  settled(): Promise<void> {
    return this.#settled;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#settled;
    for (const server of [this.#admin, this.#visitors]) server?.close();
    this.#admin = null;
    this.#visitors = null;
    this.#service.drop();
  }

  async #apply(): Promise<void> {
    if (this.#stopped) return;
    const open = this.#rules.admin();
    if (open && !this.#admin) {
      // Somebody else may have taken the port meanwhile; the next change tries again.
      this.#admin = await this.#listen(ADMIN_HOST, this.#port, () => true).catch(() => null);
    } else if (!open) {
      this.#admin?.close();
      this.#admin = null;
    }
  }

  async #listen(host: string, port: number, lets: (source: string) => boolean): Promise<Server> {
    const server = createServer((socket) => {
      if (!lets(socket.remoteAddress ?? '')) socket.resetAndDestroy();
      else this.#service.serve(socket);
    });
    await listenOn(server, port, host);
    return server;
  }
}
