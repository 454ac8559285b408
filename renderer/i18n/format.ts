export interface Formats {
  readonly locale: string;
  number(value: number): string;
  percent(fraction: number): string;
  /** Local time of day with seconds and the zone. */
  time(ms: number): string;
  /** Date and time with seconds, local, without the zone. */
  dateTime(ms: number): string;
  /** Date and time with the zone. */
  full(ms: number): string;
  /** The local zone's name at that time, `GMT+2`. */
  zone(ms: number): string;
  /** `5 min ago`; under ten seconds it is now. */
  age(ms: number, nowMs: number): string;
  /** Seconds in words, the two largest units: `4 minutes 10 seconds`. */
  duration(seconds: number): string;
  /** `4:05`, `1:02:33`; from a day on, words. Never negative. */
  countdown(msLeft: number): string;
  bytes(count: number): string;
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Numbers, dates and durations as the locale writes them. */
export function createFormats(locale: string): Formats {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  const time = new Intl.DateTimeFormat(locale, { ...clock, timeZoneName: 'short' });
  const dateTime = new Intl.DateTimeFormat(locale, { ...day, ...clock });
  const full = new Intl.DateTimeFormat(locale, { ...day, ...clock, timeZoneName: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const unitFormats = new Map<string, Intl.NumberFormat>();
  const unit = (name: string, value: number, fractionDigits = 0): string => {
    const key = `${name}${fractionDigits}`;
    let format = unitFormats.get(key);
    if (!format) {
      format = new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: name,
        unitDisplay: 'long',
        maximumFractionDigits: fractionDigits,
      });
      unitFormats.set(key, format);
    }
    return format.format(value);
  };

  const duration = (seconds: number): string => {
    if (seconds > 0 && seconds < 10) return unit('second', seconds, seconds % 1 === 0 ? 0 : 1);
    let rest = Math.round(seconds);
    const parts: string[] = [];
    for (const [name, size] of units) {
      const value = Math.floor(rest / size);
      if (value > 0) parts.push(unit(name, value));
      rest -= value * size;
      if (parts.length === 2 || (parts.length === 1 && value === 0)) break;
    }
    return parts.length > 0 ? parts.join(' ') : unit('second', 0);
  };

  return {
    locale,
    number: (value) => number.format(value),
    percent: (fraction) => percent.format(fraction),
    time: (ms) => time.format(ms),
    dateTime: (ms) => dateTime.format(ms),
    full: (ms) => full.format(ms),
    zone: (ms) => full.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? '',
    age: (ms, nowMs) => {
      const seconds = Math.max(0, Math.floor((nowMs - ms) / 1000));
      if (seconds < 10) return relative.format(0, 'second');
      for (const [name, size] of units) {
        if (seconds >= size) return relative.format(-Math.floor(seconds / size), name);
      }
      return relative.format(0, 'second');
    },
    duration,
    countdown: (msLeft) => {
      const total = Math.max(0, Math.ceil(msLeft / 1000));
      if (total >= 86_400) return duration(total);
      const two = (value: number): string => String(value).padStart(2, '0');
      const hours = Math.floor(total / 3600);
      const minutes = Math.floor(total / 60) % 60;
      const seconds = two(total % 60);
      return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
    },
    bytes: (count) => {
      if (count >= 1e9) return unit('gigabyte', count / 1e9, 1);
      if (count >= 1e6) return unit('megabyte', count / 1e6, 1);
      return unit('kilobyte', count / 1e3);
    },
  };
}
