import type { ReactElement } from 'react';
import type { DirectoryId, DirectoryProfile, DirectoryView } from '../../../shared/directory';
import table from '../../components/data-table.module.css';
import { Panel } from '../../components/panel';
import { StatusBadge } from '../../components/status-badge';
import { Age } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import styles from './directory.module.css';
import { shownDirectory } from './directory-model';
import { useFreshness } from './use-freshness';

const columns = ['status', 'name', 'pdc', 'controllers', 'locked', 'counting', 'checked'] as const;
const numbers: readonly string[] = ['locked', 'counting'];

interface RowProps {
  readonly profile: DirectoryProfile;
  readonly view: DirectoryView | undefined;
  readonly chosen: boolean;
}

function Row({ profile, view, chosen }: RowProps): ReactElement {
  const { t, fmt } = useLanguage();
  const go = useUi((state) => state.go);
  const { status, checkedAtMs } = shownDirectory(view, useFreshness());
  const known = status !== 'unknown' && view !== undefined;
  const controllers = view?.controllers ?? [];
  return (
    <tr className={chosen ? styles.selected : undefined} data-directory={profile.name} data-status={status}>
      <td>
        <StatusBadge status={status} />
      </td>
      <td>
        <button
          type="button"
          className={styles.link}
          aria-current={chosen ? 'true' : undefined}
          onClick={() => go({ page: 'directory', directoryId: profile.id })}
        >
          {profile.name}
        </button>
        <div className={table.minor}>{profile.domain}</div>
      </td>
      <td>{view?.pdcHost ?? <span className={table.minor}>{t('directories.notKnown')}</span>}</td>
      <td>
        {t('directories.controllers.count', {
          count: controllers.length,
          failing: controllers.filter(({ contact }) => contact === 'fails').length,
        })}
      </td>
      <td className={table.number}>{known ? fmt.number(view.locked) : t('status.unknown')}</td>
      <td className={table.number}>{known ? fmt.number(view.counting) : t('status.unknown')}</td>
      <td>{checkedAtMs === null ? t('directories.never') : <Age ms={checkedAtMs} />}</td>
    </tr>
  );
}

interface Props {
  readonly profiles: readonly DirectoryProfile[];
  readonly views: readonly DirectoryView[];
  readonly chosen: DirectoryId | null;
}

/** All directories in short; choosing one shows it below. */
export function DirectoryList({ profiles, views, chosen }: Props): ReactElement {
  const { t } = useLanguage();
  const sorted = [...profiles].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Panel title={t('directories.title')} flush>
      <div className={table.scroller}>
        <table className={`${table.table} ${table.breaking}`} aria-label={t('directories.title')}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className={numbers.includes(column) ? table.number : undefined}>
                  {t(`directories.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((profile) => (
              <Row
                key={profile.id}
                profile={profile}
                view={views.find(({ id }) => id === profile.id)}
                chosen={profile.id === chosen}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
