/** A moment as words for a sentence: time with its zone, and the day, by locale. The zone is the system's. */
export function instantWords(
  atMs: number,
  locale: string,
  timeZone?: string,
): { time: string; date: string; zone: string } {
  const at = new Date(atMs);
  const zoneOption = timeZone === undefined ? {} : { timeZone };
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', ...zoneOption });
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...zoneOption });
  const zone = new Intl.DateTimeFormat(locale, { timeZoneName: 'short', ...zoneOption })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName');
  return { time: time.format(at), date: date.format(at), zone: zone?.value ?? 'UTC' };
}
