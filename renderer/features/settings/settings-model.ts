import type { Phrase } from '../../../shared/account-status';

const MAX_OWN_ADDRESSES = 50;

/** The number in a field, or why it is none that fits. */
export function parseNumber(
  text: string,
  min: number,
  max: number,
  whole: boolean,
): { readonly value: number } | { readonly error: Phrase } {
  const value = Number(text.trim().replace(',', '.'));
  const fits = text.trim() !== '' && Number.isFinite(value) && value >= min && value <= max;
  if (fits && (!whole || Number.isInteger(value))) return { value };
  return { error: { key: whole ? 'settings.error.whole' : 'settings.error.number', params: { min, max } } };
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const isV4 = (text: string): boolean => {
  const match = V4.exec(text);
  return match?.slice(1).every((part) => Number(part) <= 255) === true;
};

function isV6(text: string): boolean {
  if (!/^[0-9a-f:.]+$/i.test(text) || text.split('::').length > 2) return false;
  const groups = text.split(':');
  const last = groups.at(-1) ?? '';
  const embedded = last.includes('.');
  if (embedded && !isV4(last)) return false;
  const count = groups.length + (embedded ? 1 : 0);
  const shaped = groups.every((group, index) =>
    embedded && index === groups.length - 1 ? true : /^[0-9a-f]{0,4}$/i.test(group),
  );
  return shaped && (text.includes('::') ? count <= 9 : count === 8 && !groups.includes(''));
}

/** Whether the text is an IPv4 or IPv6 address or a CIDR block of either. */
export function isAddress(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0) return false;
  const v4 = isV4(address);
  if (!v4 && !(address.includes(':') && isV6(address))) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (v4 ? 32 : 128));
}

/** The lines of the addresses field, or the first line that is no address. */
export function parseAddresses(text: string): { readonly value: string[] } | { readonly error: Phrase } {
  const lines = text.split(/[\n,]/).map((line) => line.trim());
  const value = [...new Set(lines.filter(Boolean))];
  const wrong = value.find((line) => !isAddress(line));
  if (wrong !== undefined) return { error: { key: 'settings.ownAddresses.error', params: { text: wrong } } };
  if (value.length > MAX_OWN_ADDRESSES) {
    return { error: { key: 'settings.ownAddresses.tooMany', params: { max: MAX_OWN_ADDRESSES } } };
  }
  return { value };
}

/** The locales to offer: the system's own and those that write dates and numbers in different ways. */
export const offeredLocales = [
  'en-GB',
  'en-US',
  'de-DE',
  'es-ES',
  'fr-FR',
  'ja-JP',
  'pt-BR',
  'zh-CN',
] as const;

/** A locale's name in its own language; the tag where Intl does not know it. */
export function localeName(locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
