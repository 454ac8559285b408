import type { Phrase } from '../../shared/account-status';
import type { Translator } from '../../shared/messages/format';
import { instantWords } from './instant-words';

export type Words = (phrase: Phrase) => string;

/** Puts phrases into the user's language; a moment (`atMs`) becomes time, date and zone, and `app` its name. */
export function createWords(translate: Translator, timeZone?: string): Words {
  return ({ key, params }) => {
    const { atMs } = params;
    const instant = typeof atMs === 'number' ? instantWords(atMs, translate.locale, timeZone) : {};
    return translate(key, { app: translate('app.name'), ...params, ...instant });
  };
}
