import { type AppError, appError } from '../../../shared/errors';

/** ERROR_ACCESS_DENIED, ERROR_PRIVILEGE_NOT_HELD, E_ACCESSDENIED, WBEM_E_ACCESS_DENIED. */
const ACCESS_DENIED = new Set([5, 1314, 0x80070005, 0x80041003, 0x80070522]);
/** ERROR_EVT_INVALID_CHANNEL_PATH, ERROR_EVT_CHANNEL_NOT_FOUND. */
const CHANNEL_MISSING = new Set([15_000, 15_007]);

/** An exit code or HRESULT of Windows as one of our errors; signed and unsigned forms are the same. */
export function windowsError(name: string, code: number | null): AppError {
  if (code === null) return appError('windows.commandFailed', { name, code: -1 });
  if (ACCESS_DENIED.has(code >>> 0)) return appError('windows.accessDenied', { name });
  return appError('windows.commandFailed', { name, code });
}

/** The same for `wevtutil`, which also says when a channel does not exist. */
export function wevtutilError(channel: string, code: number): AppError {
  if (CHANNEL_MISSING.has(code >>> 0)) return appError('windows.channelMissing', { channel });
  return windowsError(channel, code);
}
