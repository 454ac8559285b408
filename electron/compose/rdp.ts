import { performance } from 'node:perf_hooks';
import { appError } from '../../shared/errors';
import type { ConnectionProfile, InstanceId } from '../../shared/instance';
import type { IsolationView } from '../../shared/isolation';
import { ok } from '../../shared/result';
import { childEnvironment } from '../desktop/system/child-environment';
import type { Mirror } from '../ipc/mirror';
import { createRdpHandlers } from '../ipc/rdp-handlers';
import type { UnlockFacts } from '../unlock/facts';
import { createLauncher } from '../unlock/rdp/clients/launcher';
import { createTemporaryFiles } from '../unlock/rdp/clients/temporary-files';
import { probeHere } from '../unlock/rdp/probe/reach';
import { probeLimits } from '../unlock/rdp/probe/tools';
import { createRdpService, type Look } from '../unlock/rdp/rdp-service';
import type { OwnAddresses } from '../unlock/rdp/rules/kept-out';
import type { FleetService } from '../watch/fleet';
import type { Foundation } from './parts';
import type { Stores } from './stores';

type Place = { readonly host: string; readonly port: number };

export interface RdpPartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly fleet: FleetService;
  readonly mirror: Mirror;
  readonly facts: UnlockFacts;
  readonly isolation: (id: InstanceId) => IsolationView | undefined;
  readonly ownAddresses: () => OwnAddresses;
  /** Where a practice instance's port is on this computer; undefined for every other one. */
  readonly practiceDoor: (profile: ConnectionProfile) => Place | undefined;
}

/** The proof that Remote Desktop answers, and the system's clients for it. */
export function composeRdp(options: RdpPartOptions) {
  const { foundation, stores, fleet, mirror, facts, practiceDoor } = options;
  const { clock, inData } = foundation;
  const { profiles } = stores;
  const now = (): number => clock.now();
  const ticks = (): number => performance.now();
  const tools = { ticks, after: (ms: number, run: () => void) => clock.after(ms, run) };

  const placeOf = (profile: ConnectionProfile): Place =>
    practiceDoor(profile) ?? { host: profile.rdpHost ?? profile.ssh.host, port: profile.rdpPort };

  const look: Look = async (profile, via, offer, onStep, signal) => {
    if (via === 'tunnel') return fleet.probeRdp(profile.id, profile.rdpPort, offer, signal);
    const { host, port } = placeOf(profile);
    const found = await probeHere(host, port, { offer, limits: probeLimits, tools, signal, onStep });
    // A practice instance's door that is shut refuses; it stands for a rule that drops.
    if (!found.ok || found.value.error?.code !== 'net.refused' || !practiceDoor(profile)) return found;
    return ok({ ...found.value, error: appError('net.timeout', { host: profile.name, seconds: 0 }) });
  };

  const rdp = createRdpService({
    profile: (id) => profiles.get(id),
    look,
    isolation: options.isolation,
    ownAddresses: options.ownAddresses,
    certificates: stores.rdpCertificates,
    facts,
    admin: stores.admin,
    now,
    ticks,
    onChange: ({ proofs, runs }) => mirror.change({ rdpProofs: proofs, rdpRuns: runs }),
  });
  const launcher = createLauncher({
    platform: process.platform,
    environment: childEnvironment(process.env),
    files: createTemporaryFiles(inData('rdp')),
    after: (ms, run) => clock.after(ms, run),
  });
  return {
    handlers: createRdpHandlers({
      rdp,
      launcher,
      profile: (id) => profiles.get(id),
      placeOf,
      facts,
      admin: stores.admin,
      now,
    }),
    services: [
      {
        name: 'rdp',
        async start() {
          profiles.onChange(() => rdp.keepOnly(new Set(profiles.list().map(({ id }) => id))));
          // What a run left behind that did not end well.
          await launcher.dispose();
        },
        async dispose() {
          rdp.dispose();
          await launcher.dispose();
        },
      },
    ],
  };
}
