import { type AppError, appError, type ErrorCode } from '../../../shared/errors';

type Params = Readonly<Record<string, string | number>>;

const BY_CODE: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'net.nameNotFound',
  EAI_AGAIN: 'net.nameNotFound',
  EAI_NODATA: 'net.nameNotFound',
  EAI_NONAME: 'net.nameNotFound',
  ECONNREFUSED: 'net.refused',
  ETIMEDOUT: 'net.timeout',
  ECONNRESET: 'net.closed',
  ECONNABORTED: 'net.closed',
  EPIPE: 'net.closed',
};

const codeOf = (cause: unknown): string => {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return '';
  return typeof cause.code === 'string' ? cause.code : '';
};

/** A failure of name resolution or of a TCP connection as one of ours; what is not known is "unreachable". */
export function networkError(cause: unknown, params: Params): AppError {
  return appError(BY_CODE[codeOf(cause)] ?? 'net.unreachable', params);
}

/** What a jump host said about the connection it was asked for (RFC 4254 5.1: 1 prohibited, 2 failed). */
export function forwardError(cause: unknown, params: Params): AppError {
  const reason = typeof cause === 'object' && cause !== null && 'reason' in cause ? cause.reason : undefined;
  const text = cause instanceof Error ? cause.message : '';
  if (reason === 1) return appError('ssh.forwardRefused', params);
  if (/refused/i.test(text)) return appError('net.refused', params);
  if (/not known|no address|resolve|getaddrinfo/i.test(text)) return appError('net.nameNotFound', params);
  if (/timed out/i.test(text)) return appError('net.timeout', params);
  return appError('net.unreachable', params);
}
