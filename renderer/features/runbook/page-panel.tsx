import { Button } from '@fluentui/react-components';
import { DocumentPdf16Regular } from '@fluentui/react-icons/svg/document-pdf';
import { Print16Regular } from '@fluentui/react-icons/svg/print';
import { type ReactElement, useEffect, useMemo, useRef } from 'react';
import type { RunbookPageId } from '../../../shared/runbook';
import { api } from '../../api';
import { Failure, Loading } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useLoaded } from '../../store/use-loaded';
import { headingsOf } from './markdown-model';
import { PageView } from './page-view';
import styles from './runbook.module.css';

interface Props {
  readonly id: RunbookPageId;
  readonly anchor: string | null;
}

/** One page with what can be done with it, and its own contents beside it where there is room. */
export function PagePanel({ anchor, id }: Props): ReactElement {
  const { t } = useLanguage();
  const toast = useUi((state) => state.toast);
  const go = useUi((state) => state.go);
  const { data: page, error, reload } = useLoaded(() => api.runbook.page({ id }), id, id);
  const headings = useMemo(() => headingsOf(page?.markdown ?? ''), [page]);
  const scroller = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    if (anchor === null) scroller.current?.scrollTo?.({ top: 0 });
  }, [page, anchor]);
  const print = async (to: 'printer' | 'pdf'): Promise<void> => {
    const answer = await api.runbook.print({ id, to });
    if (answer.ok) {
      if (answer.value !== null) {
        toast({ text: t('runbook.savedAs', { path: answer.value.path }), intent: 'success', undo: null });
      }
    } else if (answer.error.code !== 'app.cancelled') {
      toast({ text: t(answer.error.messageKey, answer.error.params), intent: 'error', undo: null });
    }
  };
  if (page === null) {
    return error ? <Failure error={error} onRetry={reload} /> : <Loading label={t('common.loading')} />;
  }
  return (
    <div className={styles.pagePanel}>
      <article className={styles.article} ref={scroller} lang={page.language} aria-labelledby="runbook-title">
        <div className={styles.titleLine}>
          <h1 id="runbook-title" className={styles.title}>
            {page.title}
          </h1>
          <span className={styles.spring} />
          <Button size="small" icon={<Print16Regular />} onClick={() => void print('printer')}>
            {t('runbook.print')}
          </Button>
          <Button size="small" icon={<DocumentPdf16Regular />} onClick={() => void print('pdf')}>
            {t('runbook.pdf')}
          </Button>
        </div>
        <p className={styles.summary}>{page.summary}</p>
        <PageView markdown={page.markdown} anchor={anchor} pageId={page.id} rowAnchors={page.rowAnchors} />
      </article>
      <nav className={styles.onThisPage} aria-label={t('runbook.onThisPage')}>
        <h2 className={styles.sectionTitle}>{t('runbook.onThisPage')}</h2>
        <ul className={styles.entries}>
          {headings.map(({ anchor: place, level, text }) => (
            <li key={place} data-level={level}>
              <button
                type="button"
                className={styles.entry}
                aria-current={place === anchor ? 'location' : undefined}
                onClick={() => go({ page: 'runbook', pageId: id, anchor: place })}
              >
                {text}
              </button>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
