import type { ReactElement } from 'react';
import type { Verdict } from '../../shared/account-status';
import { useLanguage } from '../i18n/language';

interface Props {
  readonly verdict: Verdict;
}

/** The verdict's name and, below or beside it, how sure it is. */
export function VerdictText({ verdict }: Props): ReactElement {
  const { t } = useLanguage();
  return <>{t(`verdict.${verdict.kind}`)}</>;
}

/** How sure the verdict is and whether evidence is missing; nothing while there is no verdict. */
export function verdictCertainty(verdict: Verdict, t: (key: string) => string): string {
  const parts: string[] = [];
  if (verdict.kind !== 'undecided') parts.push(t(`verdict.confidence.${verdict.confidence}`));
  if (verdict.evidenceIncomplete) parts.push(t('verdict.evidenceIncomplete'));
  return parts.join(', ');
}
