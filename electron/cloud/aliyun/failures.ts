import { z } from 'zod';
import type { AppError } from '../../../shared/errors';
import { appError, type ErrorCode } from '../../../shared/errors';
import type { HttpAnswer } from '../http';

/** Why a call may be worth repeating; null: never. */
export type RetryKind = 'throttled' | 'busy' | 'server' | 'network' | 'timeout' | 'skew' | 'expired' | null;

export interface CallFailure {
  readonly error: AppError;
  readonly retry: RetryKind;
  /** By the cloud's own wish, milliseconds; 0 when it has none. */
  readonly retryAfterMs: number;
}

export type Judged =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>>; readonly requestId: string }
  | { readonly ok: false; readonly failure: CallFailure };

const text = z.string().catch('');
const faultSchema = z.object({
  Code: text,
  RequestId: text,
  AccessDeniedDetail: z.object({ AuthAction: text }).catch({ AuthAction: '' }),
});

/** Only what looks like a name is passed on: whatever a server answers, no sentence of it reaches an error. */
const named = (value: string, pattern: RegExp): string => (pattern.test(value) ? value : '-');
const codeName = (value: string): string => named(value, /^[A-Za-z][\w.-]{0,99}$/);
const requestName = (value: string): string => named(value, /^[\w-]{1,64}$/);
const actionName = (value: string): string => named(value, /^[\w-]{1,30}:[\w*-]{1,80}$/);

interface Rule {
  readonly matches: RegExp;
  readonly code: ErrorCode;
  readonly retry?: RetryKind;
}

/**
 * The provider's words for failures, first match first. From its documentation and the recorded answers; nobody has
 * met all of them on the live cloud.
 */
const RULES: readonly Rule[] = [
  { matches: /Throttling/i, code: 'cloud.throttled', retry: 'throttled' },
  { matches: /^(InvalidTimeStamp|IllegalTimestamp)/i, code: 'cloud.clockSkew', retry: 'skew' },
  { matches: /^SignatureNonceUsed/i, code: 'cloud.conflict', retry: 'busy' },
  { matches: /^InvalidSecurityToken\.Expired$|TokenExpired/i, code: 'cloud.expired', retry: 'expired' },
  // Temporary credentials that have lapsed may be reported as unknown, too.
  { matches: /^(InvalidAccessKeyId|InvalidSecurityToken)/i, code: 'cloud.auth', retry: 'expired' },
  {
    matches:
      /^(InvalidAccessKeySecret|MissingSecurityToken|SignatureDoesNotMatch|IncompleteSignature|InvalidCredentials|Forbidden\.AccessKeyDisabled)/i,
    code: 'cloud.auth',
  },
  { matches: /ResourceManagedByCloudProduct/i, code: 'cloud.managed' },
  { matches: /LockedForSecurity/i, code: 'cloud.lockedForSecurity' },
  { matches: /^IdempotentParameterMismatch/i, code: 'cloud.tokenMismatch' },
  {
    matches: /(^|\.)OperationConflict|^InvalidOperation\.Conflict|LastTokenProcessing|^IdempotentProcessing/i,
    code: 'cloud.conflict',
    retry: 'busy',
  },
  { matches: /^DependencyViolation|^IncorrectInstanceStatus|^IncorrectStatus/i, code: 'cloud.conflict' },
  {
    matches: /LimitExceed|LimitationExceed|QuotaExceed|^Quota|InstanceEniCountExceeded/i,
    code: 'cloud.limit',
  },
  { matches: /^ServiceUnavailable|^InternalError|^InternalFailure/i, code: 'cloud.server', retry: 'server' },
  { matches: /^(Forbidden|NoPermission|Unauthorized|AccessDenied)/i, code: 'cloud.denied' },
  { matches: /NotFound|RuleNotExist|^InvalidParam\.SecurityGroupRuleId$/i, code: 'cloud.notFound' },
];

function byStatus(status: number): Rule {
  if (status >= 500) return { matches: /./, code: 'cloud.server', retry: 'server' };
  if (status === 429) return { matches: /./, code: 'cloud.throttled', retry: 'throttled' };
  if (status === 404) return { matches: /./, code: 'cloud.notFound' };
  if (status === 401 || status === 403) return { matches: /./, code: 'cloud.denied' };
  return { matches: /./, code: 'cloud.invalid' };
}

function parseObject(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** What answered is not the API: a gateway, a proxy, a sign-in page. */
function foreign(action: string, status: number): CallFailure {
  const params = { action, status, code: '-', requestId: '-' };
  if (status === 407) {
    const reason = 'PROXY_AUTHENTICATION';
    return { error: appError('cloud.network', { ...params, reason }), retry: null, retryAfterMs: 0 };
  }
  if (status === 429 || status >= 500) {
    const rule = byStatus(status);
    return { error: appError(rule.code, params), retry: rule.retry ?? null, retryAfterMs: 0 };
  }
  return { error: appError('cloud.unreadableAnswer', params), retry: null, retryAfterMs: 0 };
}

/**
 * Tells a success from a failure and sorts the failure.
 * Params of the error: `action`, `code` (the provider's), `requestId`, `status`; for `cloud.denied`, `action` is the
 * permission that is missing, as the provider names it.
 */
export function judgeAnswer(service: string, action: string, answer: HttpAnswer): Judged {
  const body = parseObject(answer.text);
  if (!body) return { ok: false, failure: foreign(action, answer.status) };
  const fault = faultSchema.parse(body);
  const requestId = requestName(fault.RequestId);
  if (answer.status >= 200 && answer.status < 300) return { ok: true, body, requestId };
  const code = codeName(fault.Code);
  const byCode = fault.Code === '' ? undefined : RULES.find((rule) => rule.matches.test(fault.Code));
  const missing = actionName(fault.AccessDeniedDetail.AuthAction);
  const rule =
    missing !== '-' && byCode?.code !== 'cloud.throttled'
      ? { code: 'cloud.denied' as const, retry: null }
      : (byCode ?? byStatus(answer.status));
  const named = rule.code === 'cloud.denied' ? (missing === '-' ? `${service}:${action}` : missing) : action;
  const wait = Number(answer.header('x-acs-retry-after') ?? 0);
  return {
    ok: false,
    failure: {
      error: appError(rule.code, { action: named, code, requestId, status: answer.status }),
      retry: rule.retry ?? null,
      retryAfterMs: Number.isFinite(wait) && wait > 0 ? Math.min(wait, 120_000) : 0,
    },
  };
}

/** The same for an exchange that brought no answer. */
export function judgeExchange(error: AppError): CallFailure {
  const retry =
    error.code === 'cloud.network' ? 'network' : error.code === 'cloud.timeout' ? 'timeout' : null;
  return { error, retry, retryAfterMs: 0 };
}
