import type { ReactElement } from 'react';
import type { RunbookHit } from '../../../shared/runbook-contract';
import { useLanguage } from '../../i18n/language';
import styles from './runbook.module.css';

interface Props {
  readonly hits: readonly RunbookHit[];
  readonly onOpen: (hit: RunbookHit) => void;
}

/** What was found, the best first; every place can be reached by the keyboard. */
export function HitList({ hits, onOpen }: Props): ReactElement {
  const { t } = useLanguage();
  return (
    <div className={styles.hits}>
      <p className={styles.minor} role="status">
        {t('runbook.hits', { count: hits.length })}
      </p>
      {hits.length === 0 ? <p>{t('runbook.hits.none')}</p> : null}
      <ol className={styles.hitList} aria-label={t('runbook.hits.label')}>
        {hits.map((hit) => (
          <li key={`${hit.pageId}#${hit.anchor ?? ''}`}>
            <button type="button" className={styles.hit} onClick={() => onOpen(hit)}>
              <span className={styles.hitTitle}>
                {hit.title}
                {hit.heading === null ? null : <span className={styles.minor}> › {hit.heading}</span>}
              </span>
              <span className={styles.excerpt}>
                {hit.excerpt.map((piece, at) =>
                  piece.hit ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, in their order
                    <mark key={at}>{piece.text}</mark>
                  ) : (
                    piece.text
                  ),
                )}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
