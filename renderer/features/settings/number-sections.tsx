import { Field, Switch } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Settings } from '../../../shared/settings';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { NumberSetting } from './number-setting';
import styles from './settings.module.css';
import type { SaveSettings } from './settings-page';

interface Props {
  readonly settings: Settings;
  readonly save: SaveSettings;
}

export function StartSection({ settings, save }: Props): ReactElement {
  const { t } = useLanguage();
  return (
    <Panel title={t('settings.section.start')}>
      <div className={styles.stack}>
        <Field hint={t('settings.startAtLogin.hint')}>
          <Switch
            label={t('settings.startAtLogin')}
            checked={settings.startAtLogin}
            onChange={(_, data) => save({ startAtLogin: data.checked })}
          />
        </Field>
        <NumberSetting
          label={t('settings.releaseWindow')}
          hint={t('settings.releaseWindow.hint')}
          unit={t('settings.unit.minutes')}
          value={settings.releaseWindowAfterMinutes}
          min={0}
          max={1440}
          onSave={(releaseWindowAfterMinutes) => save({ releaseWindowAfterMinutes })}
        />
      </div>
    </Panel>
  );
}

export function WatchingSection({ settings, save }: Props): ReactElement {
  const { t } = useLanguage();
  const { pollSeconds } = settings;
  const seconds = { unit: t('settings.unit.seconds'), min: 1, max: 3600 };
  return (
    <Panel title={t('settings.section.watching')}>
      <div className={styles.stack}>
        {(['close', 'normal', 'relaxed'] as const).map((level) => (
          <NumberSetting
            key={level}
            {...seconds}
            label={t(`settings.poll.${level}`)}
            value={pollSeconds[level]}
            onSave={(value) => save({ pollSeconds: { ...pollSeconds, [level]: value } })}
          />
        ))}
        <NumberSetting
          {...seconds}
          label={t('settings.poll.busy')}
          value={settings.busyPollSeconds}
          onSave={(busyPollSeconds) => save({ busyPollSeconds })}
        />
        <NumberSetting
          {...seconds}
          label={t('settings.poll.quiet')}
          value={settings.quietPollSeconds}
          onSave={(quietPollSeconds) => save({ quietPollSeconds })}
        />
        <NumberSetting
          label={t('settings.quietAfter')}
          unit={t('settings.unit.minutes')}
          min={1}
          max={1440}
          value={settings.quietAfterMinutes}
          onSave={(quietAfterMinutes) => save({ quietAfterMinutes })}
        />
        <NumberSetting
          label={t('settings.staleAfter')}
          hint={t('settings.staleAfter.hint')}
          unit={t('settings.unit.seconds')}
          min={10}
          max={86_400}
          value={settings.staleAfterSeconds}
          onSave={(staleAfterSeconds) => save({ staleAfterSeconds })}
        />
      </div>
    </Panel>
  );
}

export function EvidenceSection({ settings, save }: Props): ReactElement {
  const { t } = useLanguage();
  const { retention } = settings;
  return (
    <Panel title={t('settings.section.evidence')}>
      <div className={styles.stack}>
        <NumberSetting
          whole
          label={t('settings.retention.days')}
          unit={t('settings.unit.days')}
          min={1}
          max={3650}
          value={retention.days}
          onSave={(days) => save({ retention: { ...retention, days } })}
        />
        <NumberSetting
          whole
          label={t('settings.retention.megabytes')}
          unit={t('settings.unit.megabytes')}
          min={10}
          max={102_400}
          value={retention.megabytes}
          onSave={(megabytes) => save({ retention: { ...retention, megabytes } })}
        />
        <p className={styles.hint}>{t('settings.retention.hint')}</p>
      </div>
    </Panel>
  );
}
