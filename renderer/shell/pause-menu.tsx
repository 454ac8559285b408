import { Button } from '@fluentui/react-components';
import { Alert20Regular } from '@fluentui/react-icons/svg/alert';
import { AlertSnooze20Regular } from '@fluentui/react-icons/svg/alert-snooze';
import type { ReactElement } from 'react';
import { api } from '../api';
import { LazyMenu, type MenuEntry } from '../components/lazy-menu';
import { useLanguage } from '../i18n/language';
import { useTicking } from '../store/ticker';
import { useSettings } from '../store/window-mirror';
import { report } from './actions';

/** Pauses and resumes notifications; says so when they are paused. */
export function PauseMenu(): ReactElement {
  const { t, fmt } = useLanguage();
  const until = useSettings().notificationsPausedUntilMs;
  const pausedUntil = useTicking((nowMs) => (until !== null && until > nowMs ? until : null));
  const entry = (to: 'oneHour' | 'tomorrow' | 'resume'): MenuEntry => ({
    key: to,
    label: t(`pause.${to}`),
    onSelect: () => void report(t, api.notifications.pause({ until: to })),
  });
  const entries = (): readonly MenuEntry[] => [
    ...(pausedUntil === null ? [] : [entry('resume')]),
    entry('oneHour'),
    entry('tomorrow'),
  ];
  return (
    <LazyMenu
      entries={entries}
      trigger={(props) => (
        <Button
          {...props}
          appearance="subtle"
          size="small"
          icon={pausedUntil === null ? <Alert20Regular /> : <AlertSnooze20Regular />}
          title={t('pause.button')}
          aria-haspopup="menu"
        >
          {pausedUntil === null ? t('pause.button') : t('footer.paused', { time: fmt.dateTime(pausedUntil) })}
        </Button>
      )}
    />
  );
}
