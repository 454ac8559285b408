import type { DirectoryFields } from '../../shared/directory';
import { usualLdapPort } from '../../shared/directory';
import { appError } from '../../shared/errors';
import type { InstanceId } from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import { directoryPlace } from '../secrets/directory-slot';
import { decideCertificate } from '../sources/directory/certificates';
import type { ResolveServices } from '../sources/directory/discovery';
import type { SessionOptions } from '../sources/directory/session';
import { tcpStream } from '../sources/directory/tcp-stream';
import { type ControllerAddress, DEFAULT_TIMEOUTS, type OpenStream } from '../sources/directory/types';
import type { PasswordLedger } from '../sources/ssh/password-ledger';
import type { Clock } from './clock';
import type {
  DirectoryHostEvents,
  DirectoryMainRequests,
  DirectorySecretOwner,
  DirectoryTarget,
} from './directory-protocol';

type Secret = DirectoryMainRequests['directory.secret'];

/** What every directory's connections have in common. */
export interface DirectoryWorld {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly ledger: PasswordLedger;
  readonly resolve: ResolveServices;
  readonly authorities: () => readonly string[];
  /** Through an instance's SSH connection. */
  readonly tunnel: (instance: InstanceId) => OpenStream;
  /** Straight from here; null: over TCP. */
  readonly direct: OpenStream | null;
  readonly readSecret: (input: Secret['input']) => Promise<Result<Secret['output']>>;
  readonly settled: (settled: DirectoryHostEvents['directory.settled']) => void;
}

/** How a directory's controllers are reached and signed in to. */
export function sessionOptions(
  { fields, certificates, id }: DirectoryTarget,
  owner: DirectorySecretOwner,
  world: DirectoryWorld,
): SessionOptions {
  const { clock } = world;
  const timeouts = DEFAULT_TIMEOUTS;
  const place = directoryPlace(fields);
  return {
    transport: fields.transport,
    open:
      fields.tunnel === null
        ? (world.direct ?? tcpStream(clock, timeouts.tcpMs))
        : world.tunnel(fields.tunnel),
    verify: (presented) => decideCertificate(presented, fields.trust, certificates, id),
    authorities: world.authorities,
    clock,
    timeouts,
    domain: fields.domain.toLowerCase(),
    bindUser: fields.bindUser,
    secret: {
      async read() {
        const secret = await world.readSecret({ owner, place });
        if (!secret.ok) return secret;
        return secret.value ? ok(secret.value) : err(appError('vault.secretMissing'));
      },
      settled: (version, outcome) => world.settled({ owner, version, outcome }),
    },
    ledger: world.ledger,
    pageSize: fields.pageSize,
  };
}

/** Where a controller is reached that the domain itself names: at the port that the admin gave for it, or the usual one. */
export function addressOf(fields: DirectoryFields, host: string): ControllerAddress {
  const given = fields.controllers.find((controller) => controller.host.toLowerCase() === host.toLowerCase());
  return { host, port: given?.port ?? usualLdapPort(fields.transport) };
}
