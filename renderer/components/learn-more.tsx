import type { ReactElement } from 'react';
import type { RunbookPlace } from '../../shared/runbook';
import { useLanguage } from '../i18n/language';
import { useUi } from '../store/ui';
import styles from './learn-more.module.css';

interface Props {
  readonly place: RunbookPlace;
  /** What it is about, for a screen reader and the pointer. */
  readonly about: string;
  /** What is pressed; "Learn more" when it is left out. */
  readonly children?: string;
}

/** Leads from something on the screen to the runbook's place about it. */
export function LearnMore({ about, children, place }: Props): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const label = t('runbook.learnMore.about', { title: about });
  return (
    <button
      type="button"
      className={styles.link}
      title={label}
      aria-label={children === undefined ? label : `${children}: ${label}`}
      onClick={() => go({ page: 'runbook', ...place })}
    >
      {children ?? t('runbook.learnMore')}
    </button>
  );
}
