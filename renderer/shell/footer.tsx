import type { ReactElement } from 'react';
import { useLanguage } from '../i18n/language';
import { useMirror } from '../store/window-mirror';
import styles from './frame.module.css';

export function Footer(): ReactElement {
  const { t } = useLanguage();
  const app = useMirror((state) => state.base?.app);
  const watched = useMirror(
    (state) => state.base?.profiles.filter((profile) => profile.watch !== 'off').length ?? 0,
  );
  return (
    <footer className={styles.footer}>
      {app ? (
        <>
          <span>{t('footer.watching', { count: watched })}</span>
          <span className={styles.spring} />
          {app.officialRuntime ? null : <span>{t('footer.developmentRuntime')}</span>}
          <span>{t('footer.version', { version: app.version })}</span>
        </>
      ) : null}
    </footer>
  );
}
