import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en';

export type MessageValues = Readonly<Record<string, string | number | Date>>;
export type Catalogue = Readonly<Record<string, string>>;

/** The languages at hand. A second one is added here and nowhere else. */
const catalogues: Readonly<Record<string, Catalogue>> = { en };

export interface Translator {
  readonly locale: string;
  /** The sentence of this key with its values. An unknown key shows itself, so that nothing is silently empty. */
  (key: string, values?: MessageValues): string;
  has(key: string): boolean;
}

function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/**
 * Makes the translator for a BCP 47 locale: words from the nearest catalogue, numbers and dates by the locale. What is
 * no locale counts as English: it comes from the settings, and nobody must lose the tray by it.
 */
export function createTranslator(wanted: string): Translator {
  const locale = knownLocale(wanted);
  const words: Catalogue = catalogues[locale] ?? catalogues[locale.split('-')[0] ?? 'en'] ?? en;
  const compiled = new Map<string, IntlMessageFormat>();
  const translate = (key: string, values?: MessageValues): string => {
    const text = words[key] ?? (en as Catalogue)[key];
    if (text === undefined) return key;
    let message = compiled.get(key);
    if (!message) {
      message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
      compiled.set(key, message);
    }
    try {
      return String(message.format(values));
    } catch {
      // A value that the sentence needs is missing: the bare sentence is better than an empty window.
      return text;
    }
  };
  return Object.assign(translate, { locale, has: (key: string) => key in words || key in en });
}
