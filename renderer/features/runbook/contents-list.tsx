import { type ReactElement, useEffect, useRef } from 'react';
import { runbookSections } from '../../../shared/runbook';
import type { RunbookEntry } from '../../../shared/runbook-contract';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import styles from './runbook.module.css';

interface Props {
  readonly entries: readonly RunbookEntry[];
  readonly current: string | null;
  /** With what each page helps with; without, the bare titles beside a page. */
  readonly withSummaries: boolean;
}

/** The pages by section, in the order in which they are needed. */
export function ContentsList({ current, entries, withSummaries }: Props): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another entry to be seen
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div ref={list}>
      {runbookSections.map((section) => (
        <section key={section} className={styles.section}>
          <h2 className={styles.sectionTitle}>{t(`runbook.section.${section}`)}</h2>
          <ul className={styles.entries}>
            {entries
              .filter((entry) => entry.section === section)
              .map(({ id, summary, title }) => (
                <li key={id}>
                  <button
                    type="button"
                    className={styles.entry}
                    aria-current={id === current ? 'page' : undefined}
                    onClick={() => go({ page: 'runbook', pageId: id })}
                  >
                    {title}
                    {withSummaries ? <span className={styles.minor}>{summary}</span> : null}
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
