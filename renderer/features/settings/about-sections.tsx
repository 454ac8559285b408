import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { api } from '../../api';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { useMirror } from '../../store/window-mirror';
import styles from './settings.module.css';

export function LabSection(): ReactElement | null {
  const { t, say } = useLanguage();
  const lab = useMirror((state) => state.base?.lab);
  if (!lab) return null;
  return (
    <Panel title={t('settings.section.lab')}>
      <div className={styles.stack}>
        <p className={styles.hint}>{t('settings.lab.text')}</p>
        {lab.phase ? <p className={styles.hint}>{say(lab.phase)}</p> : null}
        <div className={styles.buttons}>
          {lab.running ? (
            <>
              {(['attack', 'calm', 'unlock'] as const).map((action) => (
                <Button key={action} onClick={() => void report(t, api.lab.trigger({ action }))}>
                  {t(`settings.lab.${action}`)}
                </Button>
              ))}
              <Button onClick={() => void report(t, api.lab.close(null))}>
                {t('settings.about.lab.close')}
              </Button>
            </>
          ) : (
            <Button onClick={() => void report(t, api.lab.open(null))}>{t('settings.about.lab.open')}</Button>
          )}
        </div>
      </div>
    </Panel>
  );
}

export function AboutSection(): ReactElement | null {
  const { t } = useLanguage();
  const app = useMirror((state) => state.base?.app);
  const vault = useMirror((state) => state.base?.vault);
  if (!app || !vault) return null;
  const facts = [
    ['settings.about.version', app.version],
    ['settings.about.system', app.platform],
    ['settings.about.vault', t(`settings.about.vault.${vault.kind}`, { backend: vault.backend })],
    [
      'settings.about.runtime',
      t(`settings.about.runtime.${app.officialRuntime ? 'official' : 'development'}`),
    ],
  ] as const;
  return (
    <Panel title={t('settings.section.about')}>
      <dl className={styles.facts}>
        {facts.map(([key, value]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{t(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.buttons}>
        <Button onClick={() => void report(t, api.app.openExternal({ page: 'sourceCode' }))}>
          {t('settings.about.source')}
        </Button>
        <Button onClick={() => void report(t, api.app.openExternal({ page: 'windowsLockoutPolicy' }))}>
          {t('settings.about.policyHelp')}
        </Button>
      </div>
    </Panel>
  );
}
