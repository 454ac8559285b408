import type { EventRecord } from '../../shared/evidence';
import type { Counts, FailureReason } from './types';

/** What a failure code means for the count (R7, R15). */
export interface CodeMeaning {
  readonly reason: FailureReason;
  readonly counts: Counts;
}

const meaning = (reason: FailureReason, counts: Counts): CodeMeaning => ({ reason, counts });

/** NTSTATUS codes of 4625 and 4776. */
const NTSTATUS = new Map<number, CodeMeaning>([
  [0xc000006a, meaning('wrongPassword', 'yes')],
  [0xc0000064, meaning('noSuchUser', 'no')],
  [0xc0000234, meaning('lockedOut', 'no')],
  [0xc0000072, meaning('disabled', 'no')],
  [0xc000006f, meaning('logonHours', 'no')],
  [0xc0000070, meaning('workstationDenied', 'no')],
  [0xc0000071, meaning('passwordExpired', 'no')],
  [0xc0000193, meaning('accountExpired', 'no')],
  [0xc0000224, meaning('mustChangePassword', 'no')],
  [0xc000015b, meaning('logonTypeDenied', 'no')],
  [0xc000006d, meaning('generic', 'uncertain')],
  [0xc000006e, meaning('generic', 'uncertain')],
]);
for (const low of [0x5e, 0xdc, 0x133, 0x18c, 0x192, 0x225, 0x2ee, 0x371, 0x413]) {
  NTSTATUS.set(0xc0000000 + low, meaning('environment', 'no'));
}

/** Kerberos codes of 4771 and 4768. */
const KERBEROS = new Map<number, CodeMeaning>([
  [0x18, meaning('wrongPassword', 'yes')],
  [0x17, meaning('passwordExpired', 'no')],
  [0x12, meaning('revoked', 'no')],
  [0x10, meaning('noSmartcardSupport', 'no')],
  [0x6, meaning('noSuchUser', 'no')],
]);

/** Every code that has a meaning here, so that whoever explains them can be held to the same table. */
export const codesWithMeaning = (): (CodeMeaning & { readonly code: number })[] =>
  [...NTSTATUS, ...KERBEROS].map(([code, { counts, reason }]) => ({ code, counts, reason }));

const UNKNOWN_NTSTATUS = meaning('unknownCode', 'uncertain');
const UNKNOWN_KERBEROS = meaning('unknownCode', 'no');

/** A code as Windows and its tools print it, zero-padded or not, to its number; undefined when it is none. */
export function parseCode(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  if (/^0x[0-9a-f]{1,16}$/i.test(trimmed)) return Number.parseInt(trimmed.slice(2), 16);
  if (!/^-?\d{1,20}$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return value < 0 ? value + 0x1_0000_0000 : value;
}

/** R24: SubStatus if it is not zero, else Status. Undefined: the event carries no readable code. */
export function failureCode(event: Pick<EventRecord, 'data'>): number | undefined {
  const sub = parseCode(event.data.SubStatus);
  return sub !== undefined && sub !== 0 ? sub : parseCode(event.data.Status);
}

export const ntstatusMeaning = (code: number | undefined): CodeMeaning =>
  (code === undefined ? undefined : NTSTATUS.get(code)) ?? UNKNOWN_NTSTATUS;

/** Only 0x18 counts: other pre-authentication failures come before the password is judged, or after it was right. */
export const kerberosMeaning = (code: number | undefined): CodeMeaning =>
  (code === undefined ? undefined : KERBEROS.get(code)) ?? UNKNOWN_KERBEROS;
