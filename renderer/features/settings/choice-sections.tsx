import { Field, Select, Switch, Textarea } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { Settings } from '../../../shared/settings';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import styles from './settings.module.css';
import { localeName, offeredLocales, parseAddresses } from './settings-model';
import type { SaveSettings } from './settings-page';

interface Props {
  readonly settings: Settings;
  readonly save: SaveSettings;
}

export function AppearanceSection({ settings, save }: Props): ReactElement {
  const { t } = useLanguage();
  const systemLocale = useMirror((state) => state.base?.app.systemLocale ?? 'en');
  const locales = [
    ...new Set([...offeredLocales, ...(settings.language === 'system' ? [] : [settings.language])]),
  ];
  return (
    <Panel title={t('settings.section.appearance')}>
      <div className={styles.stack}>
        <Field label={t('settings.theme')} hint={t('settings.theme.hint')}>
          <Select
            value={settings.theme}
            onChange={(_, data) => save({ theme: data.value as Settings['theme'] })}
          >
            {(['system', 'light', 'dark'] as const).map((theme) => (
              <option key={theme} value={theme}>
                {t(`settings.theme.${theme}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('settings.language')} hint={t('settings.language.hint')}>
          <Select value={settings.language} onChange={(_, data) => save({ language: data.value })}>
            <option value="system">
              {t('settings.language.system', { locale: localeName(systemLocale) })}
            </option>
            {locales.map((locale) => (
              <option key={locale} value={locale} lang={locale}>
                {localeName(locale)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </Panel>
  );
}

const notifications = ['lockout', 'imminent', 'unlock', 'unreachable'] as const;

export function NotificationSection({ settings, save }: Props): ReactElement {
  const { t, has } = useLanguage();
  const { notify } = settings;
  return (
    <Panel title={t('settings.section.notifications')}>
      <div className={styles.tight}>
        {notifications.map((kind) => (
          <Field
            key={kind}
            hint={has(`settings.notify.${kind}.hint`) ? t(`settings.notify.${kind}.hint`) : null}
          >
            <Switch
              label={t(`settings.notify.${kind}`)}
              checked={notify[kind]}
              onChange={(_, data) => save({ notify: { ...notify, [kind]: data.checked } })}
            />
          </Field>
        ))}
      </div>
    </Panel>
  );
}

export function AddressesSection({ settings, save }: Props): ReactElement {
  const { t, say } = useLanguage();
  const [text, setText] = useState(settings.ownAddresses.join('\n'));
  const [left, setLeft] = useState(false);
  const parsed = parseAddresses(text);
  const commit = (): void => {
    setLeft(true);
    if ('value' in parsed && parsed.value.join() !== settings.ownAddresses.join()) {
      save({ ownAddresses: parsed.value });
    }
  };
  return (
    <Panel title={t('settings.section.addresses')}>
      <Field
        label={t('settings.ownAddresses')}
        hint={t('settings.ownAddresses.hint')}
        validationMessage={left && 'error' in parsed ? say(parsed.error) : null}
      >
        <Textarea
          rows={4}
          spellCheck={false}
          value={text}
          onChange={(_, data) => setText(data.value)}
          onBlur={commit}
        />
      </Field>
    </Panel>
  );
}

export function HostKeySection({ settings, save }: Props): ReactElement {
  const { t } = useLanguage();
  return (
    <Panel title={t('settings.section.hostKeys')}>
      <Field hint={t('settings.readKnownHosts.hint')}>
        <Switch
          label={t('settings.readKnownHosts')}
          checked={settings.readKnownHosts}
          onChange={(_, data) => save({ readKnownHosts: data.checked })}
        />
      </Field>
    </Panel>
  );
}
