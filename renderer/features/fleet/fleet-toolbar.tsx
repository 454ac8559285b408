import { Button, Input, Select } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons/svg/add';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { type KeyboardEvent, type ReactElement, useMemo } from 'react';
import { type Status, statusOrder } from '../../../shared/account-status';
import page from '../../components/page.module.css';
import { StatusIcon } from '../../components/status-badge';
import { useLanguage } from '../../i18n/language';
import { SEARCH_FIELD_ID } from '../../shell/shortcuts';
import { type FleetViewState, useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import styles from './fleet.module.css';
import { groupsAndTags, type StatusCounts } from './fleet-model';

interface Props {
  readonly counts: StatusCounts;
  readonly shown: number;
  readonly total: number;
}

const ALL = '';

interface FilterProps {
  readonly label: string;
  readonly all: string;
  readonly values: readonly string[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

function Filter({ label, all, values, value, onChange }: FilterProps): ReactElement | null {
  if (values.length === 0) return null;
  return (
    <Select
      aria-label={label}
      value={value ?? ALL}
      onChange={(_, data) => onChange(data.value === ALL ? null : data.value)}
    >
      <option value={ALL}>{all}</option>
      {values.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </Select>
  );
}

/** Search, filters and the counts by status, which are filters themselves. */
export function FleetToolbar({ counts, shown, total }: Props): ReactElement {
  const { t, fmt } = useLanguage();
  const profiles = useMirror((state) => state.base?.profiles);
  const view = useUi((state) => state.fleet);
  const setFleet = useUi((state) => state.setFleet);
  const openDialog = useUi((state) => state.openDialog);
  const { groups, tags } = useMemo(() => groupsAndTags(profiles ?? []), [profiles]);

  const toggle = (status: Status): void => {
    const { statuses } = view;
    const next = statuses.includes(status) ? statuses.filter((one) => one !== status) : [...statuses, status];
    setFleet({ statuses: next });
  };
  const onSearchKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape' && view.search !== '') {
      setFleet({ search: '' });
      event.stopPropagation();
    }
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      document.querySelector<HTMLElement>('[data-fleet-focus="true"]')?.focus();
      event.preventDefault();
    }
  };

  return (
    <>
      <div className={page.toolbar}>
        <h1 className={page.title}>{t('fleet.title')}</h1>
        <fieldset className={`${styles.chips} plain-fieldset`} aria-label={t('fleet.filter.status')}>
          {statusOrder.map((status) => (
            <button
              key={status}
              type="button"
              className={styles.chip}
              data-status={status}
              data-some={counts[status] > 0}
              aria-pressed={view.statuses.includes(status)}
              onClick={() => toggle(status)}
            >
              <StatusIcon status={status} />
              <strong>{fmt.number(counts[status])}</strong>
              {t(`status.${status}`)}
            </button>
          ))}
        </fieldset>
        <span className={page.spring} />
        <Button onClick={() => openDialog({ kind: 'isolate', ids: [] })}>{t('isolate.several.open')}</Button>
        <Button
          appearance="primary"
          icon={<Add20Regular />}
          title={t('fleet.add.shortcut')}
          onClick={() => openDialog({ kind: 'profile', id: null, copyOf: null })}
        >
          {t('fleet.add')}
        </Button>
      </div>
      <div className={page.toolbar}>
        <Input
          id={SEARCH_FIELD_ID}
          className={styles.search ?? ''}
          type="search"
          aria-label={t('fleet.search')}
          placeholder={t('fleet.search.placeholder')}
          contentBefore={<Search20Regular />}
          value={view.search}
          onChange={(_, data) => setFleet({ search: data.value })}
          onKeyDown={onSearchKey}
        />
        <Filter
          label={t('fleet.filter.group')}
          all={t('fleet.filter.group.all')}
          values={groups}
          value={view.group}
          onChange={(group) => setFleet({ group })}
        />
        <Filter
          label={t('fleet.filter.tag')}
          all={t('fleet.filter.tag.all')}
          values={tags}
          value={view.tag}
          onChange={(tag) => setFleet({ tag })}
        />
        <Select
          aria-label={t('fleet.groupBy')}
          value={view.groupBy}
          onChange={(_, data) => setFleet({ groupBy: data.value as FleetViewState['groupBy'] })}
        >
          <option value="none">{t('fleet.groupBy.none')}</option>
          <option value="group">{`${t('fleet.groupBy')}: ${t('fleet.groupBy.group')}`}</option>
          <option value="status">{`${t('fleet.groupBy')}: ${t('fleet.groupBy.status')}`}</option>
        </Select>
        <span className={page.spring} />
        <span className={styles.minor} role="status">
          {shown === total ? t('fleet.total', { total }) : t('fleet.shown', { shown, total })}
        </span>
      </div>
    </>
  );
}
