export type Paper = 'A4' | 'Letter';

/** Regions whose printers hold Letter paper; all others hold A4. */
const LETTER_REGIONS = new Set('US CA MX PH CL CO VE CR GT HN NI PA PR SV DO BO BZ GU VI AS MP'.split(' '));

/** The paper of a locale; A4 where the locale names no region that is known to use another. */
export function paperOf(locale: string): Paper {
  try {
    const { region } = new Intl.Locale(locale).maximize();
    return region !== undefined && LETTER_REGIONS.has(region) ? 'Letter' : 'A4';
  } catch {
    return 'A4';
  }
}
