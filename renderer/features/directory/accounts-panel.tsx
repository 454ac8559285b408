import { Button, Input, Select } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { type ReactElement, useEffect, useState } from 'react';
import type { DirectoryProfile, DirectoryView } from '../../../shared/directory';
import { api } from '../../api';
import table from '../../components/data-table.module.css';
import { Failure, Loading, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { SEARCH_FIELD_ID } from '../../shell/shortcuts';
import type { ShownStatus } from '../../status/shown-status';
import { useLoaded, useThrottled } from '../../store/use-loaded';
import { AccountRow } from './account-row';
import styles from './directory.module.css';
import { accountsStamp } from './directory-model';

const PAGE = 50;
const RELOAD_MS = 1000;
const TYPING_MS = 300;

const columns = ['status', 'name', 'count', 'lock', 'last', 'policy', 'seenAt', 'actions'] as const;
const states = ['both', 'locked', 'counting'] as const;
type State = (typeof states)[number];

/** A value once it has been left alone for a moment. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

interface Props {
  readonly profile: DirectoryProfile;
  readonly view: DirectoryView;
  readonly shown: ShownStatus;
  /** The account that a notification or another page led to. */
  readonly openKey: string | null;
}

/** The domain's accounts: those locked and counting by page, and any other by search. */
export function AccountsPanel({ profile, view, shown, openKey }: Props): ReactElement {
  const { t } = useLanguage();
  const { id } = profile;
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<State>('both');
  const [offset, setOffset] = useState(0);
  const search = useSettled(typed.trim(), TYPING_MS);
  const stamp = useThrottled(accountsStamp(view), RELOAD_MS);
  const from = search === '' ? offset : 0;
  const subject = JSON.stringify([id, search, state]);
  const { data, error, loading, reload } = useLoaded(
    () => api.directory.accounts({ id, state, search, offset: from, limit: PAGE }),
    JSON.stringify([subject, from, stamp]),
    subject,
  );
  const accounts = data?.accounts ?? [];
  const total = data?.total ?? 0;
  // The list became shorter than the page that is shown.
  useEffect(() => {
    if (data && search === '' && offset > 0 && offset >= data.total) setOffset(0);
  }, [data, search, offset]);
  const none =
    search !== ''
      ? t('directories.accounts.none.found', { search })
      : shown.status === 'unknown'
        ? t('directories.accounts.none.unknown')
        : t(state === 'both' ? 'directories.accounts.none' : `directories.accounts.none.${state}`);
  const said = search === '' ? null : t('directories.accounts.found', { count: accounts.length });
  return (
    <Panel title={t('directories.accounts.title')} flush>
      <div className={styles.toolbar}>
        <Input
          id={SEARCH_FIELD_ID}
          className={styles.search ?? ''}
          type="search"
          aria-label={t('directories.accounts.search')}
          placeholder={t('directories.accounts.search.hint')}
          contentBefore={<Search20Regular />}
          value={typed}
          maxLength={200}
          spellCheck={false}
          onChange={(_, data) => setTyped(data.value)}
        />
        <Select
          aria-label={t('directories.accounts.state')}
          value={state}
          disabled={search !== ''}
          onChange={(_, data) => {
            setState(states.find((one) => one === data.value) ?? 'both');
            setOffset(0);
          }}
        >
          {states.map((one) => (
            <option key={one} value={one}>
              {t(`directories.accounts.state.${one}`)}
            </option>
          ))}
        </Select>
        <span role="status">{data === null ? null : said}</span>
      </div>
      {error ? (
        <div className={styles.below}>
          <Failure error={error} onRetry={reload} />
        </div>
      ) : null}
      {data === null && loading ? <Loading label={t('common.loading')} /> : null}
      {data !== null && accounts.length === 0 ? <p className={styles.below}>{none}</p> : null}
      {accounts.length > 0 ? (
        <div className={table.scroller}>
          <table
            className={`${table.table} ${table.breaking} ${styles.table}`}
            aria-label={t('directories.accounts.title')}
            aria-busy={loading}
          >
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`directories.accounts.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {accounts.map((account) => (
                <AccountRow
                  key={account.key}
                  profile={profile}
                  view={view}
                  account={account}
                  selected={account.key === openKey}
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {search === '' && total > PAGE ? (
        <nav className={styles.below} aria-label={t('directories.accounts.title')}>
          <Button size="small" disabled={from === 0} onClick={() => setOffset(Math.max(0, from - PAGE))}>
            {t('directories.accounts.previous')}
          </Button>
          <span role="status">
            {t('directories.accounts.range', { from: from + 1, to: from + accounts.length, total })}
          </span>
          <Button size="small" disabled={data?.more !== true} onClick={() => setOffset(from + PAGE)}>
            {t('directories.accounts.next')}
          </Button>
        </nav>
      ) : null}
      {search !== '' && data?.more ? <p className={styles.below}>{t('directories.accounts.more')}</p> : null}
    </Panel>
  );
}
