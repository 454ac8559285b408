import type { Settings } from '../../shared/settings';
import { type AddressService, knownServices, ownService } from '../cloud/public-address/services';

/** The services that a choice in the settings stands for. */
const SERVICES_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['ipify', ['ipify.org', 'ipify.org (IPv6)']],
  ['icanhazip', ['icanhazip.com (IPv4)', 'icanhazip.com (IPv6)']],
  ['cipcc', ['cip.cc']],
]);

/** The services chosen in the settings that tell the admin's public address. Pure. */
export function chosenServices({
  addressServices,
  ownAddressService,
}: Pick<Settings, 'addressServices' | 'ownAddressService'>): readonly AddressService[] {
  return addressServices.flatMap((id) => {
    if (id === 'own') {
      const own = ownService(ownAddressService);
      return own ? [own] : [];
    }
    return knownServices.filter(({ name }) => SERVICES_OF.get(id)?.includes(name));
  });
}
