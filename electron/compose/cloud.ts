import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { createCloudProviders } from '../cloud/cloud-providers';
import { createAccountStore } from '../cloud/credentials/account-store';
import { environmentKey } from '../cloud/credentials/key-material';
import { readCliConfig } from '../cloud/credentials/read-cli-config';
import { findPublicAddress } from '../cloud/public-address/find';
import type { AddressService } from '../cloud/public-address/services';
import { createCloudFetch } from '../desktop/system/cloud-fetch';
import { accountView } from '../ipc/account-view';
import { createAddressHandlers } from '../ipc/address-handlers';
import { createCloudHandlers } from '../ipc/cloud-handlers';
import type { Mirror } from '../ipc/mirror';
import type { NoticeBoard } from '../ipc/notice-board';
import { cloudSlotsOf } from '../secrets/secret-slot';
import { chosenServices } from './address-services';
import type { Foundation } from './parts';
import type { Stores } from './stores';

export interface CloudPartOptions {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly mirror: Mirror;
  readonly notices: NoticeBoard;
  /** In a practice run, what stands in for the address services; null in any other. */
  readonly practiceServices: (() => readonly AddressService[]) | null;
  readonly environmentName: () => string;
}

/** The way to the clouds: accounts, their providers, and the services that tell the public address. */
export function composeCloud(options: CloudPartOptions) {
  const { foundation, stores, mirror, notices, practiceServices } = options;
  const { clock, files, log, inData, quit } = foundation;
  const { vault, settings, profiles } = stores;
  const environment = () => process.env;
  const services = (): readonly AddressService[] =>
    practiceServices ? practiceServices() : chosenServices(settings.get());
  const fetch = createCloudFetch(
    () => ({ practice: practiceServices !== null, services: services().map(({ url }) => url) }),
    log,
  );
  const accounts = createAccountStore({
    path: inData('cloud-accounts.json'),
    files,
    now: () => clock.now(),
    newId: randomUUID,
    secrets: vault.cloud,
  });
  const providers = createCloudProviders({
    fetch,
    clock,
    secrets: vault.cloud,
    environment,
    newNonce: randomUUID,
    jitter: Math.random,
    onCall: ({ action, outcome, requestId, ms }) =>
      log.info('cloud.call', { action, outcome, requestId, ms }),
  });
  const find = (signal: AbortSignal) => findPublicAddress({ fetch, clock, services: services() }, signal);
  const show = (): void => {
    const keyId = environmentKey(environment())?.accessKeyId ?? null;
    mirror.change({
      cloudAccounts: accounts.list().map((account) => accountView(account, vault.cloud, keyId)),
    });
  };
  accounts.onChange(show);
  vault.onChange(show);

  return {
    accounts,
    providers,
    find,
    handlers: {
      cloud: createCloudHandlers({
        accounts,
        providers,
        secrets: vault.cloud,
        profiles,
        environment,
        readCli: () =>
          readCliConfig({ home: homedir(), platform: process.platform, environment: environment() }),
        environmentName: options.environmentName,
        quit,
      }),
      publicAddress: createAddressHandlers({
        find: () => find(quit),
        names: () => services().map(({ name }) => name),
      }),
    },
    services: [
      {
        name: 'cloudAccounts',
        async start() {
          notices.replace('cloudAccounts', await accounts.start());
          await vault.place(accounts.list().flatMap(cloudSlotsOf));
          show();
        },
        dispose: accounts.dispose,
      },
    ],
  };
}

export type CloudPart = ReturnType<typeof composeCloud>;
