import { type AppError, appError } from '../../../shared/errors';

/** LDAP result codes that mean something here (RFC 4511, 4.1.9). */
export const CODE = {
  success: 0,
  operationsError: 1,
  timeLimit: 3,
  sizeLimit: 4,
  strongerAuthRequired: 8,
  referral: 10,
  adminLimit: 11,
  unavailableCriticalExtension: 12,
  confidentialityRequired: 13,
  noSuchAttribute: 16,
  noSuchObject: 32,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
} as const;

/** An operation that did not succeed, as one of ours. `object` names what was asked for. */
export function resultError(code: number, host: string, object: string): AppError {
  switch (code) {
    case CODE.timeLimit:
      return appError('directory.limit', { host, limit: 'time' });
    case CODE.sizeLimit:
      return appError('directory.limit', { host, limit: 'size' });
    case CODE.adminLimit:
      return appError('directory.limit', { host, limit: 'admin' });
    case CODE.strongerAuthRequired:
    case CODE.confidentialityRequired:
      return appError('directory.encryptionRequired', { host });
    case CODE.referral:
      return appError('directory.referral', { host });
    case CODE.noSuchObject:
      return appError('directory.noSuchObject', { object });
    case CODE.insufficientAccessRights:
      return appError('directory.insufficientRights', { user: '', right: 'read', object });
    case CODE.busy:
    case CODE.unavailable:
      return appError('directory.busy', { host });
    default:
      return appError('directory.operationRefused', { host, code });
  }
}

/** Sub-codes that Active Directory writes into the text of a refused bind, in hexadecimal. */
const SUB_CODES: Readonly<Record<string, string>> = {
  '525': 'noSuchUser',
  '52f': 'rights',
  '530': 'logonHours',
  '531': 'workstation',
  '532': 'passwordExpired',
  '533': 'disabled',
  '568': 'rights',
  '569': 'rights',
  '701': 'accountExpired',
  '773': 'mustChange',
  '775': 'lockedOut',
};

/** How a bind was refused, and whether the password has been judged wrong: then it is never sent again. */
export interface BindRefusal {
  readonly error: AppError;
  readonly passwordWrong: boolean;
}

/**
 * A refused bind in words. `data 52e` is a wrong password; what is not understood is taken for one, because it may have
 * counted. The other sub-codes say that the password was right, or was not looked at (R8, R15).
 */
export function bindRefusal(code: number, text: string, host: string, user: string): BindRefusal {
  if (code !== CODE.invalidCredentials) {
    const error = resultError(code, host, user);
    return { error, passwordWrong: false };
  }
  const subCode = /\bdata\s+([0-9a-f]{1,8})\b/i.exec(text)?.[1]?.toLowerCase() ?? '';
  const reason = SUB_CODES[subCode];
  if (reason === undefined) {
    return { error: appError('directory.passwordRefused', { host, user }), passwordWrong: true };
  }
  return {
    error: appError('directory.bindRefused', { host, user, reason, code: subCode }),
    passwordWrong: false,
  };
}
