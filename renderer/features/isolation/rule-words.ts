import type { IngressRule } from '../../../shared/network';
import type { Language } from '../../i18n/language';
import { portPhrases, sourceOf } from './exposure-model';

export function portsInWords(rule: IngressRule, say: Language['say']): string {
  const [protocol, ports] = portPhrases(rule);
  return protocol === '' ? say(ports) : `${protocol} ${say(ports)}`;
}

/** A rule in one line: what it does, to which ports, from where, at which priority. */
export const ruleInWords = (rule: IngressRule, { t, say }: Pick<Language, 't' | 'say'>): string =>
  t('exposure.rule', {
    policy: rule.policy,
    ports: portsInWords(rule, say),
    source: say(sourceOf(rule)),
    priority: rule.priority,
  });
