import type { JsonObject } from './types';

/** An error that the provider documents, on its way to the client. */
export class EcsError extends Error {
  readonly status: number;
  readonly code: string;
  readonly extra: JsonObject;

  constructor(status: number, code: string, message: string, extra: JsonObject = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

export const missing = (name: string): EcsError =>
  new EcsError(400, 'MissingParameter', `The parameter "${name}" is mandatory and was not supplied.`);

export const invalid = (name: string): EcsError =>
  new EcsError(400, `Invalid${name}`, `The value of ${name} is not valid.`);

export const noInstance = (): EcsError =>
  new EcsError(404, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.');

export const noGroup = (): EcsError =>
  new EcsError(404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.');

export const noInterface = (): EcsError =>
  new EcsError(404, 'InvalidEniId.NotFound', 'The specified NetworkInterfaceId does not exist.');

/** Fact 12. */
export const managedGroup = (): EcsError =>
  new EcsError(
    403,
    'InvalidOperation.ResourceManagedByCloudProduct',
    'The security group is managed by a cloud product and cannot be changed.',
  );

export const wrongStatus = (): EcsError =>
  new EcsError(403, 'IncorrectInstanceStatus', 'The current status of the instance does not allow this.');

export const lockedForSecurity = (): EcsError =>
  new EcsError(
    403,
    'InstanceLockedForSecurity',
    'The operation is denied: the instance is locked for security reasons.',
  );

/** What RAM says when a permission is missing; `action` as in `ecs:RevokeSecurityGroup`. */
export const notAuthorized = (action: string): EcsError =>
  new EcsError(403, 'Forbidden.RAM', 'The user is not authorized to operate on the specified resource.', {
    AccessDeniedDetail: {
      AuthAction: action,
      AuthPrincipalType: 'SubUser',
      PolicyType: 'AccountLevelIdentityBasedPolicy',
      NoPermissionType: 'ImplicitDeny',
      EncodedDiagnosticMessage: 'c3RhbmQtaW4',
    },
  });

export const throttled = (retryAfterMs: number): EcsError =>
  new EcsError(400, 'Throttling.User', 'The request was denied due to flow control.', {
    retryAfterMs,
  });
