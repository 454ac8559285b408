import type { Phrase } from '../../shared/account-status';
import type { Translator } from '../../shared/messages/format';
import { plainText } from '../../shared/messages/plain-text';
import { instantWords } from './instant-words';

export type Words = (phrase: Phrase) => string;

const plainParams = (params: Phrase['params']): Phrase['params'] =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? plainText(value) : value,
    ]),
  );

/**
 * Puts phrases into the user's language; a moment (`atMs`) becomes time, date and zone, and `app` its name. What they
 * name may come from anywhere, an attacker's logons included, and goes to toasts, menus, terminals and text files.
 */
export function createWords(translate: Translator, timeZone?: string): Words {
  return ({ key, params }) => {
    const { atMs } = params;
    const instant = typeof atMs === 'number' ? instantWords(atMs, translate.locale, timeZone) : {};
    return translate(key, { app: translate('app.name'), ...plainParams(params), ...instant });
  };
}
