import { createContext, useContext } from 'react';
import type { Phrase } from '../../shared/account-status';
import { createTranslator, type MessageValues } from '../../shared/messages/format';
import { createFormats, type Formats } from './format';

export interface Language {
  /** The sentence of a catalogue key. */
  readonly t: (key: string, values?: MessageValues) => string;
  /** The sentence that deciding code chose. */
  readonly say: (phrase: Phrase) => string;
  readonly has: (key: string) => boolean;
  readonly fmt: Formats;
}

/** A locale that Intl refuses falls back to English, so that a typo in a settings file empties no screen. */
export function createLanguage(locale: string): Language {
  const supported = safeLocale(locale);
  const translate = createTranslator(supported);
  return {
    t: translate,
    say: (phrase) => translate(phrase.key, phrase.params),
    has: translate.has,
    fmt: createFormats(supported),
  };
}

function safeLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

export const LanguageContext = createContext<Language>(createLanguage('en'));
export const useLanguage = (): Language => useContext(LanguageContext);
