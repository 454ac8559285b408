import type { Duplex } from 'node:stream';
import type { LabDirectory } from '../../../shared/lab';
import type { LabClock } from '../clock';
import { certificateFingerprint, keptIdentity } from '../kept-identity';
import type { SelfSigned } from '../self-signed';
import { CONTROLLERS, type ControllerName, isLocked, PDC } from './domain/accounts';
import {
  createPracticeDomain,
  DEFAULT_POLICY,
  DOMAIN,
  hostOf,
  type PracticeDomain,
} from './domain/practice-domain';
import { LdapServer } from './server';
import type { ControllerLimits } from './session';

/** Ports by what they belong to, as they are kept between starts. */
type Ports = Record<string, number>;

export interface PracticeDirectoryOptions {
  readonly seed: string;
  readonly clock: LabClock;
  readonly keyDir: string;
  readonly onChange?: () => void;
}

/** The practice domain with its two controllers: a stand-in, on loopback. */
export class PracticeDirectory {
  readonly domain: PracticeDomain;
  limits: ControllerLimits = { mostEntries: 1_000, searchMs: 0 };
  /** Whether a bind without encryption is taken; controllers since 2025 refuse it. */
  takesPlainPasswords = true;
  readonly #options: PracticeDirectoryOptions;
  readonly #identities: ReadonlyMap<ControllerName, SelfSigned>;
  readonly #servers: ReadonlyMap<ControllerName, LdapServer>;

  constructor(options: PracticeDirectoryOptions) {
    this.#options = options;
    const { seed, clock, keyDir, onChange = () => undefined } = options;
    this.domain = createPracticeDomain(seed, () => clock.now());
    this.#identities = new Map(
      CONTROLLERS.map((controller) => [
        controller,
        keptIdentity(keyDir, `${controller}-ldap`, [hostOf(controller), '127.0.0.1'], clock.now()),
      ]),
    );
    this.#servers = new Map(
      [...this.#identities].map(([controller, identity]) => [
        controller,
        new LdapServer({
          domain: this.domain,
          controller,
          identity,
          clock,
          now: () => clock.now(),
          limits: () => this.limits,
          takesPlainPasswords: () => this.takesPlainPasswords,
          onChange,
        }),
      ]),
    );
  }

  /** Opens both controllers, on the ports they had last time where they are free; writes them into `ports`. */
  async start(ports: Ports): Promise<void> {
    for (const [controller, server] of this.#servers) {
      const preferred = { ldap: ports[`${controller}/ldap`] ?? 0, ldaps: ports[`${controller}/ldaps`] ?? 0 };
      const taken = await server.start(preferred);
      ports[`${controller}/ldap`] = taken.ldap;
      ports[`${controller}/ldaps`] = taken.ldaps;
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
  }

  controller(name: ControllerName): LdapServer {
    const server = this.#servers.get(name);
    if (!server) throw new Error(`No controller ${name}`);
    return server;
  }

  /** Where a forwarded connection to a controller's own name and port ends; null: it is none of them, or down. */
  inside(host: string, port: number): ((stream: Duplex) => void) | null {
    const controller = CONTROLLERS.find((name) => hostOf(name) === host.toLowerCase());
    if (!controller || (port !== 389 && port !== 636)) return null;
    const server = this.controller(controller);
    // What is down answers nobody, whichever way they come.
    return server.listening ? (stream) => server.serve(stream, port === 636) : null;
  }

  /** As many minutes as people wait at this speed, never less than one. */
  setSpeed(speed: number): void {
    const minutes = (atSpeedOne: number) => Math.max(1, Math.round(atSpeedOne / speed));
    const { threshold, windowMinutes, durationMinutes } = DEFAULT_POLICY;
    this.domain.policy = {
      threshold,
      windowMinutes: minutes(windowMinutes),
      durationMinutes: minutes(durationMinutes),
    };
  }

  /** Guesses at an account's password at one controller, so many times. False when there is no such account. */
  guess(name: string, times: number, at: ControllerName = PDC): boolean {
    const account = this.domain.accounts.find(name);
    if (!account) return false;
    for (let i = 0; i < times; i++) this.domain.accounts.attempt(account, `guess-${i}`, at);
    this.#options.onChange?.();
    return true;
  }

  /** Accounts that are locked, as the PDC judges it. */
  lockedAccounts(): string[] {
    const now = this.#options.clock.now();
    return this.domain.accounts.all.filter((account) => isLocked(account, now)).map(({ name }) => name);
  }

  /** How the app is told to reach it. */
  describe(): LabDirectory {
    const { domain } = this;
    return {
      domain: DOMAIN,
      bindUser: `${domain.reader.name}@${DOMAIN}`,
      password: domain.reader.password,
      controllers: CONTROLLERS.map((controller) => {
        const { ldap, ldaps } = this.controller(controller).ports;
        const identity = this.#identities.get(controller);
        return {
          name: hostOf(controller),
          host: '127.0.0.1' as const,
          port: ldap,
          ldapsPort: ldaps,
          pdc: controller === PDC,
          certificatePem: identity?.certificatePem ?? '',
          fingerprint: identity ? certificateFingerprint(identity) : '',
        };
      }),
      accounts: domain.accounts.all.map(({ name, password }) => ({ name, password })),
    };
  }
}
