import { ShieldKeyhole20Filled } from '@fluentui/react-icons/svg/shield-keyhole';
import type { ReactElement } from 'react';
import { useLanguage } from '../i18n/language';
import { type Route, useUi } from '../store/ui';
import styles from './frame.module.css';
import { PauseMenu } from './pause-menu';

const pages = [
  'fleet',
  'incidents',
  'directory',
  'savedLog',
  'cloud',
  'audit',
  'runbook',
  'settings',
] as const;

/** Pages that are reached from others, under the one in the bar that they belong to. */
function belongsTo(route: Route): (typeof pages)[number] {
  switch (route.page) {
    case 'instance':
      return 'fleet';
    case 'policy':
      return route.scope.kind === 'directory' ? 'directory' : 'fleet';
    case 'incident':
    case 'checklist':
      return 'incidents';
    default:
      return route.page;
  }
}

export function TopBar(): ReactElement {
  const { t } = useLanguage();
  const route = useUi((state) => state.route);
  const go = useUi((state) => state.go);
  const current = belongsTo(route);
  return (
    <header className={styles.bar}>
      <p className={styles.brand}>
        <span className={styles.brandIcon} aria-hidden="true">
          <ShieldKeyhole20Filled />
        </span>
        {t('app.name')}
      </p>
      <nav className={styles.navArea} aria-label={t('nav.label')}>
        <ul className={styles.nav}>
          {pages.map((page) => (
            <li key={page} className={styles.navItem}>
              <button
                type="button"
                className={styles.navLink}
                aria-current={page === current ? 'page' : undefined}
                onClick={() => go(page === 'runbook' ? { page, pageId: null } : { page })}
              >
                {t(`nav.${page}`)}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <span className={styles.spring} />
      <PauseMenu />
    </header>
  );
}
