import { Button, Input } from '@fluentui/react-components';
import { ArrowLeft16Regular } from '@fluentui/react-icons/svg/arrow-left';
import { ArrowRight16Regular } from '@fluentui/react-icons/svg/arrow-right';
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss';
import { Search16Regular } from '@fluentui/react-icons/svg/search';
import { type KeyboardEvent, type ReactElement, useEffect, useState } from 'react';
import { ok } from '../../../shared/result';
import { runbookPageIdSchema } from '../../../shared/runbook';
import { type RunbookHit, SEARCH_TEXT_LIMIT } from '../../../shared/runbook-contract';
import { api } from '../../api';
import { Failure, Loading } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useLoaded } from '../../store/use-loaded';
import { ContentsList } from './contents-list';
import { RUNBOOK_SEARCH_ID, type RunbookRoute, step, useRunbookHistory } from './history';
import { HitList } from './hit-list';
import { PagePanel } from './page-panel';
import styles from './runbook.module.css';

function searchField(): HTMLInputElement | null {
  const element = document.getElementById(RUNBOOK_SEARCH_ID);
  return element instanceof HTMLInputElement ? element : null;
}

/** The runbook: contents, a search that finds while one types, and the page. It works without any network. */
export function RunbookPage({ route }: { readonly route: RunbookRoute }): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const forward = useRunbookHistory((state) => state.at < state.places.length - 1);
  const [typed, setTyped] = useState(route.query ?? '');
  const contents = useLoaded(() => api.runbook.contents(null), 'contents', 'contents');
  const wanted = typed.trim();
  const search = useLoaded(
    () => (wanted === '' ? Promise.resolve(ok([])) : api.runbook.search({ text: wanted })),
    wanted,
    'search',
  );
  const known = runbookPageIdSchema.safeParse(route.pageId);
  const pageId = known.success ? known.data : null;

  useEffect(() => {
    // A place that is gone to takes the search's place; a search that is gone to, the page's.
    setTyped(route.query ?? '');
    if (route.query === undefined) return;
    // After the frame has given the new page its focus.
    const frame = requestAnimationFrame(() => {
      const field = searchField();
      field?.focus();
      field?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, [route]);

  const open = ({ anchor, pageId: to }: RunbookHit): void => {
    setTyped('');
    go({ page: 'runbook', pageId: to, ...(anchor === null ? {} : { anchor }) });
  };
  // Enter may come before the answer does.
  const [first] = search.data ?? [];
  const [entered, setEntered] = useState<string | null>(null);
  useEffect(() => {
    if (entered === null || search.loading) return;
    setEntered(null);
    if (entered === wanted && first) open(first);
  });
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && wanted !== '') setEntered(wanted);
    else if (event.key === 'Escape' && typed !== '') setTyped('');
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.page}>
      <div className={styles.toolbar}>
        <Button
          appearance="subtle"
          icon={<ArrowLeft16Regular />}
          aria-label={t('runbook.back')}
          title={t('runbook.back')}
          onClick={() => step(-1)}
        />
        <Button
          appearance="subtle"
          icon={<ArrowRight16Regular />}
          aria-label={t('runbook.forward')}
          title={t('runbook.forward')}
          disabled={!forward}
          onClick={() => step(1)}
        />
        <Button appearance="subtle" onClick={() => go({ page: 'runbook', pageId: null })}>
          {t('runbook.contents')}
        </Button>
        <search className={styles.search}>
          <Input
            id={RUNBOOK_SEARCH_ID}
            className={styles.field}
            contentBefore={<Search16Regular />}
            contentAfter={
              typed === '' ? null : (
                <Button
                  size="small"
                  appearance="transparent"
                  icon={<Dismiss16Regular />}
                  aria-label={t('runbook.search.clear')}
                  onClick={() => {
                    setTyped('');
                    searchField()?.focus();
                  }}
                />
              )
            }
            aria-label={t('runbook.search')}
            placeholder={t('runbook.search.hint')}
            value={typed}
            maxLength={SEARCH_TEXT_LIMIT}
            onChange={(_, { value }) => setTyped(value)}
            onKeyDown={onKey}
          />
        </search>
      </div>
      <div className={styles.split}>
        {contents.error ? <Failure error={contents.error} onRetry={contents.reload} /> : null}
        {contents.data !== null && (pageId !== null || wanted !== '') ? (
          <nav className={styles.contents} aria-label={t('runbook.contents')}>
            <ContentsList entries={contents.data} current={pageId} withSummaries={false} />
          </nav>
        ) : null}
        {wanted !== '' ? (
          search.error ? (
            <Failure error={search.error} onRetry={search.reload} />
          ) : search.data === null ? (
            <Loading label={t('common.loading')} />
          ) : (
            <HitList hits={search.data} onOpen={open} />
          )
        ) : pageId !== null ? (
          <PagePanel key={pageId} id={pageId} anchor={route.anchor ?? null} />
        ) : contents.data !== null ? (
          <div className={styles.overview}>
            <h1 className={styles.title}>{t('runbook.title')}</h1>
            <div className={styles.columns}>
              <ContentsList entries={contents.data} current={null} withSummaries />
            </div>
          </div>
        ) : (
          <Loading label={t('common.loading')} />
        )}
      </div>
    </div>
  );
}
