import type { ReactElement } from 'react';
import type { ExposureRow, RemainingPath } from '../../../shared/isolation';
import { LearnMore } from '../../components/learn-more';
import { useLanguage } from '../../i18n/language';
import styles from './isolation.module.css';

const NAMED = 5;

/** The names of a few, and how many more there are. */
export function useNames(): (names: readonly string[]) => string {
  const { t } = useLanguage();
  return (names) => {
    const shown = names.slice(0, NAMED).join(', ');
    return names.length > NAMED
      ? t('exposure.names.more', { names: shown, count: names.length - NAMED })
      : shown;
  };
}

export function RemainingPathText({ path }: { readonly path: RemainingPath }): ReactElement {
  const { t } = useLanguage();
  const names = useNames();
  if (path.kind === 'loadBalancer') return <>{t('exposure.path.loadBalancer')}</>;
  const members = path.members.map((member) => member.name || member.id);
  return (
    <>
      {t(members.length === 0 ? 'exposure.path.sameGroup.alone' : 'exposure.path.sameGroup', {
        group: path.groupName || path.groupId,
        interface: path.interfaceId,
        members: names(members),
      })}
    </>
  );
}

interface Props {
  readonly paths: readonly RemainingPath[];
  readonly rows: readonly ExposureRow[];
}

/** What no rule of a security group stops, and what cannot be told from rules. */
export function RemainingPaths({ paths, rows }: Props): ReactElement | null {
  const { t } = useLanguage();
  const secondary = new Set(rows.filter((row) => !row.primaryInterface).map((row) => row.interfaceId));
  if (paths.length === 0 && secondary.size === 0) return null;
  return (
    <div className={styles.paths}>
      <h3 className={styles.subtitle}>{t('exposure.paths')}</h3>
      <ul className={styles.list}>
        {paths.map((path) => (
          <li key={path.kind === 'sameGroup' ? `${path.interfaceId}-${path.groupId}` : path.kind}>
            <RemainingPathText path={path} />
          </li>
        ))}
        {[...secondary].map((id) => (
          <li key={id}>{t('exposure.path.secondary', { interface: id })}</li>
        ))}
      </ul>
      <LearnMore place={{ pageId: 'isolation', anchor: 'what-stays-open' }} about={t('exposure.paths')} />
    </div>
  );
}
