import type { CloudAccount, Discovery } from '../../shared/cloud';
import type { ConnectionProfile } from '../../shared/instance';
import { ok, type Result } from '../../shared/result';
import type { CloudProviders } from './cloud-providers';
import { discover } from './discovery';

/** Lists a region's instances and compares them with the profiles as they are at that moment. Changes nothing. */
export function createDiscovery(options: {
  readonly providers: Pick<CloudProviders, 'of'>;
  readonly profiles: () => readonly ConnectionProfile[];
}): (account: CloudAccount, region: string, signal: AbortSignal) => Promise<Result<Discovery>> {
  return async (account, region, signal) => {
    const instances = await options.providers.of(account).listInstances(region, signal);
    return instances.ok ? ok(discover(region, instances.value, options.profiles())) : instances;
  };
}
