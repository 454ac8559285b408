import type { PublicAddress } from '../../shared/cloud';
import { appError } from '../../shared/errors';
import { ok, type Result } from '../../shared/result';
import type { Handlers } from './dispatch';

export interface AddressServices {
  readonly find: () => Promise<Result<PublicAddress>>;
  /** Names of the services that are asked, in their order. */
  readonly names: () => readonly string[];
}

/** The public address, service by service: what each one told, or that it told nothing. */
export function createAddressHandlers({ find, names }: AddressServices): Handlers['publicAddress'] {
  return {
    async find() {
      const asked = names();
      if (asked.length === 0) return ok([]);
      const found = await find();
      if (!found.ok && found.error.code !== 'cloud.addressNotFound') return found;
      const told = found.ok ? [...found.value.ipv4, ...found.value.ipv6] : [];
      return ok(
        asked.map((service) => {
          const address = told.find(({ services }) => services.includes(service))?.address ?? null;
          const error =
            address === null ? appError('cloud.unreadableAnswer', { action: service, status: 0 }) : null;
          return { service, address, error };
        }),
      );
    },
  };
}
