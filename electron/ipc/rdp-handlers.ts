import { appError } from '../../shared/errors';
import type { ConnectionProfile, InstanceId } from '../../shared/instance';
import { err, ok } from '../../shared/result';
import type { UnlockFacts } from '../unlock/facts';
import type { Launcher } from '../unlock/rdp/clients/launcher';
import type { RdpService } from '../unlock/rdp/rdp-service';
import type { Handlers } from './dispatch';

export interface RdpServices {
  readonly rdp: RdpService;
  readonly launcher: Launcher;
  readonly profile: (id: InstanceId) => ConnectionProfile | undefined;
  /** Where an instance's Remote Desktop port is. */
  readonly placeOf: (profile: ConnectionProfile) => { readonly host: string; readonly port: number };
  readonly facts: Pick<UnlockFacts, 'note'>;
  readonly admin: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What the window asks of the proof of Remote Desktop and of the clients. */
export function createRdpHandlers(services: RdpServices): Handlers['rdp'] {
  const { rdp, launcher, facts } = services;
  return {
    probe: ({ id, via }) => rdp.probe(id, via),
    async cancel({ id }) {
      return rdp.cancel(id);
    },
    acceptCertificate: ({ id, fingerprint }) => rdp.acceptCertificate(id, fingerprint),
    async clients() {
      const found = await launcher.clients();
      return ok(found.map(({ id, name, terminal }) => ({ id, name, inTerminal: terminal !== null })));
    },
    async connect({ id, client, user, gateway, fullScreen }) {
      const profile = services.profile(id);
      if (!profile) return err(appError('app.notFound'));
      const started = await launcher.start(client, {
        ...services.placeOf(profile),
        user,
        gateway,
        fullScreen,
      });
      if (!started.ok) return started;
      facts.note({
        kind: 'clientStarted',
        instanceId: id,
        atMs: services.now(),
        who: services.admin(),
        accountKey: null,
        text: { key: 'rdp.fact.clientStarted', params: { client: started.value.name } },
      });
      return ok(null);
    },
  };
}
