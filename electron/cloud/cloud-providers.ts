import type { CloudAccount } from '../../shared/cloud';
import type { CloudSecrets } from '../secrets/vault';
import type { Clock } from '../watch/clock';
import { type CallReport, type CredentialSource, createAliyunClient } from './aliyun/client';
import { createEcsProvider, type EcsProvider } from './aliyun/ecs-provider';
import { HOME_REGION } from './aliyun/endpoints';
import { accountCredentials } from './credentials/account-credentials';
import { createAssumedRole } from './credentials/assume-role';
import type { Environment } from './credentials/key-material';
import type { HttpFetch } from './http';

/** Where a call goes that concerns no region in particular. */
export { HOME_REGION };

export interface CloudProvidersOptions {
  /** The one that honours the system's proxy and certificates; every request goes through it. */
  readonly fetch: HttpFetch;
  readonly clock: Clock;
  readonly secrets: Pick<CloudSecrets, 'get'>;
  readonly environment: () => Environment;
  /** A text that was never used before, such as a UUID. */
  readonly newNonce: () => string;
  /** 0 up to 1. */
  readonly jitter: () => number;
  readonly onCall?: (report: CallReport) => void;
}

export interface CloudProviders {
  /** The provider of an account; the same one as long as the account is not changed, so that its budget is kept. */
  of(account: CloudAccount): EcsProvider;
}

export function createCloudProviders(options: CloudProvidersOptions): CloudProviders {
  const open = new Map<string, { readonly account: CloudAccount; readonly provider: EcsProvider }>();
  const { secrets, environment, ...network } = options;

  function credentialsOf(account: CloudAccount): CredentialSource {
    const own = accountCredentials({ account, secrets, environment });
    if (account.role === null) return own;
    const client = createAliyunClient({ ...network, credentials: own, endpoint: account.endpoint });
    const region = account.regions[0] ?? HOME_REGION;
    return createAssumedRole({ client, role: account.role, region, clock: options.clock });
  }

  return {
    of(account) {
      const known = open.get(account.id);
      if (known && JSON.stringify(known.account) === JSON.stringify(account)) return known.provider;
      const client = createAliyunClient({
        ...network,
        credentials: credentialsOf(account),
        endpoint: account.endpoint,
      });
      const provider = createEcsProvider({ client, clock: options.clock, endpoint: account.endpoint });
      open.set(account.id, { account, provider });
      return provider;
    },
  };
}
