import type { ConnectionProfile, Hop, HostKey, ProfileFields } from '../../shared/instance';
import type { HostKeyStore } from '../profiles/host-key-store';
import { hopsOf } from '../secrets/secret-slot';

const endpointAt = (fields: Pick<ProfileFields, 'ssh' | 'jumpHosts'>, hop: Hop) => {
  const index = ['jump0', 'jump1', 'jump2'].indexOf(hop);
  return index < 0 ? fields.ssh : fields.jumpHosts[index];
};

/** A key speaks of one host and port, whatever hop that is. */
const speaksOf = (key: HostKey, endpoint: { readonly host: string; readonly port: number }): boolean =>
  key.host.toLowerCase() === endpoint.host.toLowerCase() && key.port === endpoint.port;

/** Host keys that the admin accepted while checking a draft: pinned when a profile for that host is saved. */
export class AcceptedKeys {
  #keys: HostKey[] = [];

  constructor(private readonly store: Pick<HostKeyStore, 'pinsOf' | 'pin'>) {}

  keep(key: HostKey): void {
    this.#keys = [...this.#keys.filter((other) => !speaksOf(other, key)), key];
  }

  /** The pins to check a draft with: for the same host and port, what was accepted last counts. */
  pinsFor(fields: Pick<ProfileFields, 'ssh' | 'jumpHosts'>, pins: readonly HostKey[]): readonly HostKey[] {
    return hopsOf(fields).flatMap(({ hop }) => {
      const endpoint = endpointAt(fields, hop);
      const key =
        (endpoint && this.#keys.find((accepted) => speaksOf(accepted, endpoint))) ??
        pins.find((pin) => pin.hop === hop);
      return key ? [{ ...key, hop }] : [];
    });
  }

  /** Pins what was accepted for hosts of these profiles. */
  async adopt(profiles: readonly ConnectionProfile[]): Promise<void> {
    if (this.#keys.length === 0) return;
    const adopted = new Set<HostKey>();
    for (const profile of profiles) {
      for (const { hop } of hopsOf(profile)) {
        const endpoint = endpointAt(profile, hop);
        const key = endpoint && this.#keys.find((accepted) => speaksOf(accepted, endpoint));
        if (!key) continue;
        const pinned = this.store
          .pinsOf(profile.id)
          .some(
            (pin) => pin.key.hop === hop && speaksOf(pin.key, key) && pin.key.fingerprint === key.fingerprint,
          );
        const done = pinned || (await this.store.pin(profile.id, { ...key, hop })).ok;
        if (done) adopted.add(key);
      }
    }
    this.#keys = this.#keys.filter((key) => !adopted.has(key));
  }
}
