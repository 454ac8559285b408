/** Moments and lengths of time as an export writes them. */
export interface Times {
  /** Local date and time with seconds, without the zone. */
  dateTime(ms: number): string;
  /** The same with the zone. */
  full(ms: number): string;
  zone(ms: number): string;
  /** A length of milliseconds in its two largest units. */
  lasted(ms: number): string;
  number(value: number): string;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Times by locale, in the system's zone unless another is named. */
export function createTimes(locale: string, timeZone?: string): Times {
  const zone = timeZone === undefined ? {} : { timeZone };
  const parts = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...zone,
  } as const;
  const dateTime = new Intl.DateTimeFormat(locale, parts);
  const full = new Intl.DateTimeFormat(locale, { ...parts, timeZoneName: 'short' });
  const number = new Intl.NumberFormat(locale);
  const unit = (name: string, value: number): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
  return {
    dateTime: (ms) => dateTime.format(ms),
    full: (ms) => full.format(ms),
    zone: (ms) => full.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC',
    number: (value) => number.format(value),
    lasted(ms) {
      let rest = Math.max(0, Math.round(ms / 1000));
      const words: string[] = [];
      for (const [name, size] of UNITS) {
        const value = Math.floor(rest / size);
        rest -= value * size;
        if (value > 0) words.push(unit(name, value));
        else if (words.length > 0) break;
        if (words.length === 2) break;
      }
      return words.length > 0 ? words.join(' ') : unit('second', 0);
    },
  };
}
