import type { CloudAccount as StoredAccount } from '../../shared/cloud';
import type { CloudAccount } from '../../shared/isolation-contract';
import { cloudPlace } from '../secrets/secret-slot';
import type { CloudSecrets } from '../secrets/vault';

const SHOWN = 4;

/** A key's id, shortened: enough to tell it from another one. */
export const shownKeyId = (accessKeyId: string): string =>
  accessKeyId.length <= 2 * SHOWN
    ? `${accessKeyId.slice(0, 2)}…`
    : `${accessKeyId.slice(0, SHOWN)}…${accessKeyId.slice(-SHOWN)}`;

/** What the window sees of an account: no secret, and of the key's id no more than is needed to know it. */
export function accountView(
  account: StoredAccount,
  secrets: Pick<CloudSecrets, 'stateOf'>,
  environmentKeyId: string | null,
): CloudAccount {
  const { id, name, provider, key, role, regions } = account;
  const inEnvironment = key.kind === 'environment';
  const keyId = inEnvironment ? environmentKeyId : key.accessKeyId;
  return {
    id,
    name,
    provider,
    origin: inEnvironment ? 'environment' : (account.importedFrom ?? 'typed'),
    accessKeyIdShown: keyId === null ? '' : shownKeyId(keyId),
    roleArn: role?.arn ?? null,
    hasSessionToken: key.kind === 'stsToken',
    regions: [...regions],
    secretState: inEnvironment
      ? keyId === null
        ? 'missing'
        : 'session'
      : secrets.stateOf({ cloudAccountId: id, secret: 'accessKeySecret', place: cloudPlace(account) }),
  };
}
