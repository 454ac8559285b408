import { EcsError } from './error';
import { type Parameters, required, whole } from './parameters';
import type { AccessKey } from './signature/keys';
import type { JsonObject } from './types';

export const STS_VERSION = '2015-04-01';

/** Temporary credentials for a role that the stand-in knows. They guard nothing real. */
export function assumeRole(
  parameters: Parameters,
  caller: AccessKey,
  context: {
    readonly roles: readonly string[];
    readonly nowMs: number;
    readonly newId: (prefix: string) => string;
  },
): { readonly key: AccessKey; readonly body: JsonObject } {
  const arn = required(parameters, 'RoleArn');
  const session = required(parameters, 'RoleSessionName');
  if (!/^[\w.@-]{2,64}$/.test(session)) {
    throw new EcsError(400, 'InvalidParameter.RoleSessionName', 'The RoleSessionName is not well formed.');
  }
  const seconds = whole(parameters, 'DurationSeconds', 900, 43_200, 3_600);
  if (!context.roles.includes(arn))
    throw new EcsError(404, 'EntityNotExist.Role', 'The role does not exist.');
  const expiresAtMs = context.nowMs + seconds * 1_000;
  const key: AccessKey = {
    id: context.newId('STS'),
    secret: context.newId('secret'),
    securityToken: context.newId('token'),
    expiresAtMs,
    active: true,
    denied: caller.denied,
  };
  const body = {
    AssumedRoleUser: { Arn: `${arn}/${session}`, AssumedRoleId: `300000000000000000:${session}` },
    Credentials: {
      AccessKeyId: key.id,
      AccessKeySecret: key.secret,
      SecurityToken: key.securityToken,
      Expiration: new Date(expiresAtMs)
        .toISOString()
        .replace('.000Z', 'Z')
        .replace(/\.\d+Z$/, 'Z'),
    },
  };
  return { key, body };
}
