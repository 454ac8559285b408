import { type ReactElement, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { Settings } from '../../../shared/settings';
import { api } from '../../api';
import page from '../../components/page.module.css';
import { Failure } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useSettings } from '../../store/window-mirror';
import { IsolationSection } from '../isolation/settings-section';
import { AboutSection, LabSection } from './about-sections';
import { AddressesSection, AppearanceSection, HostKeySection, NotificationSection } from './choice-sections';
import { EvidenceSection, StartSection, WatchingSection } from './number-sections';
import styles from './settings.module.css';

export type SaveSettings = (change: Partial<Settings>) => void;

/** Every setting; each is saved as soon as it is changed. */
export function SettingsPage(): ReactElement {
  const { t } = useLanguage();
  const settings = useSettings();
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle');
  const [error, setError] = useState<AppError | null>(null);
  const save: SaveSettings = (change) => {
    setState('saving');
    setError(null);
    void api.settings.save(change).then((answer) => {
      setState(answer.ok ? 'saved' : 'idle');
      if (!answer.ok) setError(answer.error);
    });
  };
  const props = { settings, save };
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={page.title}>{t('settings.title')}</h1>
        <span className={styles.saved} role="status">
          {state === 'idle' ? '' : t(`settings.${state}`)}
        </span>
      </div>
      {error === null ? null : <Failure error={error} />}
      <div className={styles.columns}>
        <AppearanceSection {...props} />
        <NotificationSection {...props} />
        <StartSection {...props} />
        <WatchingSection {...props} />
        <AddressesSection {...props} />
        <IsolationSection />
        <EvidenceSection {...props} />
        <HostKeySection {...props} />
        <LabSection />
        <AboutSection />
      </div>
    </div>
  );
}
