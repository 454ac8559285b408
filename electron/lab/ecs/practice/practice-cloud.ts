import type { Duplex } from 'node:stream';
import type { LabCloud } from '../../../../shared/lab';
import type { LabClock } from '../../clock';
import type { SelfSigned } from '../../self-signed';
import { createEcsStandIn, type EcsStandIn, STAND_IN_KEY } from '../stand-in';
import { type Power, PowerWatch } from './power-watch';
import { ADMIN_ADDRESS, instanceIdOf, PRACTICE_REGION, practiceNetworks } from './practice-estate';
import { PublicAddressService } from './public-address';
import { RdpDoor } from './rdp-door';
import { RdpService } from './rdp-service';

const RDP_PORT = 3389;

/** How long a restart takes, long enough to be seen; milliseconds. */
const POWER = { stopMs: 3_000, startMs: 5_000 } as const;

export interface PracticeCloudOptions {
  readonly names: readonly string[];
  readonly clock: LabClock;
  /** What an instance's Remote Desktop service shows. */
  readonly identity: (name: string) => SelfSigned;
  /** An instance went down, or came up; with a new password for its built-in Administrator if one was waiting. */
  readonly onPower?: (name: string, power: Power) => void;
}

/** Ports by what they belong to, as they are kept between starts. */
type Ports = Record<string, number>;

/**
 * The cloud around the practice instances: the stand-in ECS endpoint, the Remote Desktop port of every instance behind
 * its security groups, and the service that tells the admin's address.
 */
export class PracticeCloud {
  readonly ecs: EcsStandIn;
  readonly #names: readonly string[];
  readonly #services: ReadonlyMap<string, RdpService>;
  readonly #doors: ReadonlyMap<string, RdpDoor>;
  readonly #addressService: PublicAddressService;
  /** Simulated addresses by the loopback address that stands for them. */
  readonly #sources = new Map<string, string>();
  #adminAddress = ADMIN_ADDRESS;

  constructor({ names, clock, identity, onPower }: PracticeCloudOptions) {
    this.#names = names;
    const power = new PowerWatch(names.map((name) => [instanceIdOf(name), name]));
    this.ecs = createEcsStandIn({
      estate: practiceNetworks,
      clock,
      power: POWER,
      onPassword: (id, password) => power.passwordSet(id, password),
    });
    this.#addressService = new PublicAddressService(() => this.#adminAddress);
    this.#services = new Map(names.map((name) => [name, new RdpService(identity(name))]));
    this.#doors = new Map(
      [...this.#services].map(([name, service]) => [
        name,
        new RdpDoor(
          {
            admin: () => this.reaches(name, this.#adminAddress),
            visitor: (loopback) => this.reaches(name, this.#sources.get(loopback) ?? this.#adminAddress),
          },
          service,
        ),
      ]),
    );
    this.ecs.onEffect(() => {
      this.#update();
      for (const [name, change] of power.changes(this.ecs.state)) {
        if (change.kind === 'down') this.#services.get(name)?.drop();
        onPower?.(name, change);
      }
    });
  }

  /** Opens everything on loopback, on the ports it had last time where they are free; writes them into `ports`. */
  async start(ports: Ports): Promise<void> {
    const preferred = ports.ecs ?? 0;
    ports.ecs = await this.ecs.start(preferred).catch(() => this.ecs.start(0));
    ports.address = await this.#addressService.start(ports.address ?? 0);
    for (const [name, door] of this.#doors) {
      ports[`${name}/rdp`] = await door.start(ports[`${name}/rdp`] ?? 0);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([
      this.ecs.stop(),
      this.#addressService.stop(),
      ...[...this.#doors.values()].map((door) => door.stop()),
    ]);
  }

  /** How the app is told to reach it. */
  describe(): LabCloud {
    return {
      ecs: {
        endpoint: this.ecs.endpoint,
        region: PRACTICE_REGION,
        accessKeyId: STAND_IN_KEY.id,
        accessKeySecret: STAND_IN_KEY.secret,
      },
      publicAddressUrl: this.#addressService.url,
    };
  }

  rdpPort(name: string): number {
    return this.#doors.get(name)?.port ?? 0;
  }

  /** A connection from inside the instance, where no security group asks: through its SSH server. */
  serveInside(name: string, stream: Duplex): void {
    const service = this.#services.get(name);
    if (service) service.serve(stream);
    else stream.destroy();
  }

  /** The address that stands for an instance; null for one without. */
  publicAddress(name: string): string | null {
    const spec = practiceNetworks.instances.find(({ id }) => id === instanceIdOf(name));
    return spec?.interfaces.find(({ publicAddress }) => publicAddress)?.publicAddress ?? null;
  }

  get adminAddress(): string {
    return this.#adminAddress;
  }

  /** The admin's simulated address becomes another one. */
  moveAdmin(address: string): void {
    this.#adminAddress = address;
    this.#update();
  }

  /** Whether a connection from a simulated address reaches an instance's Remote Desktop port at this moment. */
  reaches(name: string, sourceAddress: string): boolean {
    const id = instanceIdOf(name);
    if (this.ecs.state.instances.get(id)?.status !== 'Running') return false;
    return this.ecs.allows(id, { sourceAddress, protocol: 'tcp', destinationPort: RDP_PORT });
  }

  /**
   * The loopback address that stands for a simulated one: a client that binds to it, and connects to 127.0.0.2, comes
   * from there. Null where the system has no further loopback addresses.
   */
  loopbackFor(sourceAddress: string): string | null {
    if (![...this.#doors.values()].some((door) => door.hasVisitors)) return null;
    for (const [loopback, known] of this.#sources) if (known === sourceAddress) return loopback;
    const next = this.#sources.size + 1;
    const loopback = `127.64.${next >> 8}.${next & 0xff}`;
    this.#sources.set(loopback, sourceAddress);
    return loopback;
  }

  /** Settles when every door is as the security groups say. */
  async settled(): Promise<void> {
    await Promise.all(this.#names.map((name) => this.#doors.get(name)?.settled()));
  }

  #update(): void {
    for (const door of this.#doors.values()) door.update();
  }
}
