import type { CloudAccount } from '../../../shared/cloud';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';
import { cloudPlace } from '../../secrets/secret-slot';
import type { CloudSecrets } from '../../secrets/vault';
import type { CredentialSource } from '../aliyun/client';
import type { SigningKey } from '../aliyun/sign';
import { type Environment, environmentKey, toSigningKey } from './key-material';

/**
 * The account's own key, asked for anew at every call: from the vault or from the environment.
 * Errors: `cloud.credentialsMissing` with the account's name, those of the vault.
 */
export function accountCredentials(options: {
  readonly account: CloudAccount;
  readonly secrets: Pick<CloudSecrets, 'get'>;
  readonly environment: () => Environment;
}): CredentialSource {
  const { account, secrets } = options;
  const missing = err(appError('cloud.credentialsMissing', { account: account.name }));
  const asKey = (key: SigningKey | null): Result<SigningKey> => (key ? ok(key) : missing);
  const secretOf = async (secret: 'accessKeySecret' | 'securityToken'): Promise<Result<string>> => {
    const found = await secrets.get({ cloudAccountId: account.id, secret, place: cloudPlace(account) });
    if (found.ok) return ok(found.value.text);
    return found.error.code === 'vault.secretMissing' ? missing : found;
  };

  return {
    async current() {
      const { key } = account;
      if (key.kind === 'environment') return asKey(environmentKey(options.environment()));
      const secret = await secretOf('accessKeySecret');
      if (!secret.ok) return secret;
      if (key.kind === 'accessKey') return asKey(toSigningKey(key.accessKeyId, secret.value, null));
      const token = await secretOf('securityToken');
      return token.ok ? asKey(toSigningKey(key.accessKeyId, secret.value, token.value)) : token;
    },
    renew: () => false,
  };
}
