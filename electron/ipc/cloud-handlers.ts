import type { CloudAccount, CloudAccountFields, CloudRole } from '../../shared/cloud';
import type { RequestInput, RequestOutput } from '../../shared/contract';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { type CloudProviders, HOME_REGION } from '../cloud/cloud-providers';
import type { AccountStore } from '../cloud/credentials/account-store';
import { type Environment, environmentKey } from '../cloud/credentials/key-material';
import { ramPolicy } from '../cloud/credentials/ram-policy';
import type { CliConfig } from '../cloud/credentials/read-cli-config';
import { createDiscovery } from '../cloud/discovery-service';
import type { ProfileStore } from '../profiles/profile-store';
import type { CloudSecrets } from '../secrets/vault';
import { accountView, shownKeyId } from './account-view';
import { adoptInstances } from './adopt-instances';
import type { Handlers } from './dispatch';

export interface CloudServices {
  readonly accounts: AccountStore;
  readonly providers: CloudProviders;
  readonly secrets: CloudSecrets;
  readonly profiles: Pick<ProfileStore, 'list' | 'get' | 'add' | 'update'>;
  readonly environment: () => Environment;
  readonly readCli: () => Promise<Result<CliConfig>>;
  /** The name of an account made of the environment's key. */
  readonly environmentName: () => string;
  /** Fires when the app quits. */
  readonly quit: AbortSignal;
}

type Imported = Result<RequestOutput<'cloud', 'importAccount'>>;

const ENVIRONMENT = 'environment';
const CLI = 'aliyunCli:';
const SESSION_NAME = 'lockwatch';
const HOUR_SECONDS = 3600;
const notFound = err(appError('app.notFound'));

/** Cloud accounts and what they can reach. Secrets go to the vault and never come back. */
export function createCloudHandlers(services: CloudServices): Handlers['cloud'] {
  const { accounts, providers, profiles, quit } = services;
  const discover = createDiscovery({ providers, profiles: profiles.list });
  const keyInEnvironment = () => environmentKey(services.environment());
  const viewed = (saved: Result<CloudAccount>): Imported =>
    saved.ok
      ? ok(accountView(saved.value, services.secrets, keyInEnvironment()?.accessKeyId ?? null))
      : saved;

  async function save(input: RequestInput<'cloud', 'saveAccount'>): Promise<Imported> {
    const before = input.id === null ? undefined : accounts.get(input.id);
    if (input.id !== null && !before) return notFound;
    const key = keyOf(input, before);
    // The secret of another key, or of none, is no secret of this one.
    const newKey = key !== null && key.kind !== 'environment' && keyIdOf(before) !== key.accessKeyId;
    if (key === null || (newKey && input.secret === null))
      return err(appError('app.invalidArgument', { field: key === null ? 'accessKeyId' : 'secret' }));
    const fields: CloudAccountFields = {
      name: input.name,
      provider: 'aliyun',
      key,
      role: roleOf(input.roleArn, before?.role ?? null),
      regions: input.regions,
      endpoint: before?.endpoint ?? null,
    };
    const { secret } = input;
    const secrets = {
      ...(secret === null ? {} : { accessKeySecret: secret.accessKeySecret }),
      ...(secret?.securityToken ? { securityToken: secret.securityToken } : {}),
    };
    return viewed(
      before ? await accounts.update(before.id, fields, secrets) : await accounts.add(fields, secrets),
    );
  }

  async function importEnvironment(): Promise<Imported> {
    if (!keyInEnvironment()) return notFound;
    const known = accounts.list().find(({ key }) => key.kind === 'environment');
    if (known) return viewed(ok(known));
    const fields: CloudAccountFields = {
      name: services.environmentName(),
      provider: 'aliyun',
      key: { kind: 'environment' },
      role: null,
      regions: [],
      endpoint: null,
    };
    return viewed(await accounts.add(fields, {}));
  }

  async function importCli(name: string): Promise<Imported> {
    const config = await services.readCli();
    if (!config.ok) return config;
    const found = config.value.candidates.find(({ summary }) => summary.name === name);
    if (!found?.key) return notFound;
    const { accessKeyId, accessKeySecret, securityToken } = found.key;
    const known = accounts
      .list()
      .find(
        (one) =>
          one.importedFrom === 'aliyunCli' &&
          one.key.kind !== 'environment' &&
          one.name === (name || 'aliyun'),
      );
    const fields: CloudAccountFields = {
      name: name || 'aliyun',
      provider: 'aliyun',
      key: { kind: securityToken === null ? 'accessKey' : 'stsToken', accessKeyId },
      role: found.role,
      regions: known?.regions ?? (found.summary.region === null ? [] : [found.summary.region]),
      endpoint: null,
      importedFrom: 'aliyunCli',
    };
    const secrets = { accessKeySecret, ...(securityToken === null ? {} : { securityToken }) };
    return viewed(
      known ? await accounts.update(known.id, fields, secrets) : await accounts.add(fields, secrets),
    );
  }

  return {
    async importable() {
      const key = keyInEnvironment();
      const inEnvironment = key
        ? [
            {
              key: ENVIRONMENT,
              origin: 'environment' as const,
              name: services.environmentName(),
              mode: key.securityToken === null ? 'AK' : 'StsToken',
              region: null,
              accessKeyIdShown: shownKeyId(key.accessKeyId),
              unsupported: null,
              warning: null,
            },
          ]
        : [];
      const config = await services.readCli();
      if (!config.ok) return config.error.code === 'cloud.cliConfigMissing' ? ok(inEnvironment) : config;
      const [warning = null] = config.value.warnings;
      const inCli = config.value.candidates.map(({ summary }) => ({
        key: `${CLI}${summary.name}`,
        origin: 'aliyunCli' as const,
        name: summary.name,
        mode: summary.mode,
        region: summary.region,
        accessKeyIdShown: summary.accessKeyId === null ? null : shownKeyId(summary.accessKeyId),
        unsupported: summary.refusal,
        warning,
      }));
      return ok([...inEnvironment, ...inCli]);
    },
    saveAccount: save,
    async importAccount({ key }) {
      if (key === ENVIRONMENT) return importEnvironment();
      return key.startsWith(CLI) ? importCli(key.slice(CLI.length)) : notFound;
    },
    deleteAccount: ({ id }) => accounts.remove(id),
    async checkAccount({ id }) {
      const account = accounts.get(id);
      if (!account) return notFound;
      return providers.of(account).checkCredentials(account.regions[0] ?? HOME_REGION, quit);
    },
    async regions({ id }) {
      const account = accounts.get(id);
      if (!account) return notFound;
      const regions = await providers.of(account).listRegions(quit);
      return regions.ok ? ok([...regions.value]) : regions;
    },
    async discover({ id, region }) {
      const account = accounts.get(id);
      if (!account) return notFound;
      const found = await discover(account, region, quit);
      if (!found.ok) return found;
      return ok(
        found.value.instances.map(({ instance, action, profileId, suggestion }) => ({
          instance,
          action,
          profileId,
          address: suggestion.host,
        })),
      );
    },
    async adopt({ id, region, instanceIds, sshUser }) {
      const account = accounts.get(id);
      if (!account) return notFound;
      const found = await discover(account, region, quit);
      if (!found.ok) return found;
      const wanted = found.value.instances.filter(({ instance }) => instanceIds.includes(instance.id));
      return adoptInstances(wanted, { profiles, accountId: id, sshUser });
    },
    ramPolicy: ({ purposes }) => ok({ text: ramPolicy(purposes, null) }),
  };
}

/** The key that is meant; null when there is none. */
function keyOf(
  { accessKeyId, secret }: RequestInput<'cloud', 'saveAccount'>,
  before: CloudAccount | undefined,
): CloudAccountFields['key'] | null {
  const old = before?.key;
  if (old?.kind === 'environment') return old;
  const kind = secret === null ? (old?.kind ?? 'accessKey') : secret.securityToken ? 'stsToken' : 'accessKey';
  const meant = accessKeyId ?? old?.accessKeyId;
  return meant === undefined ? null : { kind, accessKeyId: meant };
}

const keyIdOf = (account: CloudAccount | undefined): string | null =>
  account && account.key.kind !== 'environment' ? account.key.accessKeyId : null;

function roleOf(arn: string | null, before: CloudRole | null): CloudRole | null {
  if (arn === null || arn === '') return null;
  if (before?.arn === arn) return before;
  return { arn, sessionName: SESSION_NAME, externalId: null, durationSeconds: HOUR_SECONDS };
}
