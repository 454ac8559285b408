import type { CloudAccountFields } from '../../../shared/cloud';
import type { ConnectionProfile } from '../../../shared/instance';
import type { LabReport } from '../../../shared/lab';
import { ok, type Result } from '../../../shared/result';
import type { AccountStore } from '../../cloud/credentials/account-store';
import type { AddressService } from '../../cloud/public-address/services';
import type { RdpProbe } from '../../isolation/executor/tcp-probe';

type Started = Extract<LabReport, { kind: 'started' }>;

export interface PracticeCloud {
  /** The lab's own service instead of those of the internet; none before the lab runs. */
  services(): readonly AddressService[];
  /** Tries the practice instances' doors on this computer instead of the addresses that stand for them. */
  readonly probe: RdpProbe;
  /** Where a practice instance's Remote Desktop port is on this computer; undefined for every other instance. */
  doorOf(
    profile: Pick<ConnectionProfile, 'cloud'>,
  ): { readonly host: string; readonly port: number } | undefined;
  /** Makes the account that reaches the stand-in cloud; null when the lab has none. */
  begin(started: Started): Promise<Result<string | null>>;
}

/** The stand-in cloud of a practice run, as the rest of the app is to find it. */
export function createPracticeCloud(options: {
  readonly accounts: () => Pick<AccountStore, 'list' | 'add' | 'remove'>;
  readonly probe: RdpProbe;
  /** The name of the account, in the user's language. */
  readonly accountName: () => string;
}): PracticeCloud {
  let services: readonly AddressService[] = [];
  let doors = new Map<string, { readonly host: string; readonly port: number }>();
  /** The same by the instance's id in the stand-in cloud. */
  let doorsById = new Map<string, { readonly host: string; readonly port: number }>();
  let madeHere: string | null = null;

  return {
    services: () => services,
    probe(host, port, signal) {
      const door = doors.get(host);
      return door ? options.probe(door.host, door.port, signal) : options.probe(host, port, signal);
    },
    doorOf: ({ cloud }) => (cloud ? doorsById.get(cloud.instanceId) : undefined),
    async begin({ cloud, endpoints }) {
      doorsById = new Map(
        endpoints.flatMap(({ cloud: place, rdpDoor }) =>
          place && rdpDoor ? [[place.instanceId, rdpDoor] as const] : [],
        ),
      );
      doors = new Map(
        endpoints.flatMap(({ rdpDoor }) =>
          rdpDoor?.publicAddress ? [[rdpDoor.publicAddress, rdpDoor] as const] : [],
        ),
      );
      if (!cloud) return ok(null);
      services = [{ name: 'practice', url: cloud.publicAddressUrl }];
      const accounts = options.accounts();
      const name = options.accountName();
      // The key of an earlier run's stand-in: its port may be another one by now.
      const earlier = accounts
        .list()
        .filter((one) => one.id === madeHere || (one.name === name && one.endpoint));
      for (const { id } of earlier) {
        const removed = await accounts.remove(id);
        if (!removed.ok) return removed;
      }
      const { endpoint, region, accessKeyId, accessKeySecret } = cloud.ecs;
      const fields: CloudAccountFields = {
        name,
        provider: 'aliyun',
        key: { kind: 'accessKey', accessKeyId },
        role: null,
        regions: [region],
        endpoint,
      };
      const added = await accounts.add(fields, { accessKeySecret });
      if (!added.ok) return added;
      madeHere = added.value.id;
      return ok(madeHere);
    },
  };
}
