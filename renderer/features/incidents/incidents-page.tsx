import { Button, Input, Select } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { type ReactElement, useDeferredValue, useMemo, useState } from 'react';
import page from '../../components/page.module.css';
import { Empty, Failure, Loading } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { SEARCH_FIELD_ID } from '../../shell/shortcuts';
import { useThrottled } from '../../store/use-loaded';
import { useMirror } from '../../store/window-mirror';
import { listKey, type StateFilter, states } from './incident-model';
import { IncidentRow } from './incident-row';
import styles from './incidents.module.css';
import { useIncidents } from './use-incidents';

const REFRESH_MS = 1000;

/** Every incident, open ones first, found by whatever is known of it. */
export function IncidentsPage(): ReactElement {
  const { t } = useLanguage();
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<StateFilter>('all');
  const recent = useMirror((state) => state.base?.incidents);
  const key = useThrottled(listKey(recent ?? []), REFRESH_MS);
  const { rows, more, known, loading, error, reload, loadMore } = useIncidents(
    useDeferredValue(search),
    filter,
    key,
  );
  // The mirror is newer than the list: numbers move while one looks.
  const newest = useMemo(() => new Map((recent ?? []).map((one) => [one.id, one])), [recent]);
  const filtered = search.trim() !== '' || filter !== 'all';
  const clear = (): void => {
    setSearch('');
    setFilter('all');
  };
  return (
    <div className={styles.page}>
      <div className={page.toolbar}>
        <h1 className={`${page.title} ${page.name}`}>{t('incidents.title')}</h1>
        <span className={page.spring} />
        <Input
          id={SEARCH_FIELD_ID}
          className={styles.search ?? ''}
          type="search"
          aria-label={t('incidents.search')}
          placeholder={t('incidents.search')}
          contentBefore={<Search20Regular />}
          maxLength={200}
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
        <Select
          aria-label={t('incidents.filter')}
          value={filter}
          onChange={(_, data) => setFilter(states.find((one) => one === data.value) ?? 'all')}
        >
          {states.map((state) => (
            <option key={state} value={state}>
              {t(`incidents.filter.${state}`)}
            </option>
          ))}
        </Select>
      </div>
      {error ? <Failure error={error} onRetry={reload} /> : null}
      {!known && loading ? <Loading label={t('incidents.loading')} /> : null}
      {known && rows.length === 0 && !error ? (
        filtered ? (
          <Empty title={t('incidents.noMatch.title')} text={t('incidents.noMatch.text')}>
            <Button onClick={clear}>{t('incidents.noMatch.clear')}</Button>
          </Empty>
        ) : (
          <Empty title={t('incidents.empty.title')} text={t('incidents.empty.text')} />
        )
      ) : null}
      {rows.length > 0 ? (
        <div className={styles.scroll}>
          <ul className={styles.list} aria-label={t('incidents.list')}>
            {rows.map((row) => (
              <IncidentRow key={row.id} incident={newest.get(row.id) ?? row} />
            ))}
          </ul>
          {more ? (
            <Button className={styles.more ?? ''} disabled={loading} onClick={loadMore}>
              {t('incidents.more')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
