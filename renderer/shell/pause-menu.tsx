import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Alert20Regular } from '@fluentui/react-icons/svg/alert';
import { AlertSnooze20Regular } from '@fluentui/react-icons/svg/alert-snooze';
import type { ReactElement } from 'react';
import { api } from '../api';
import { useLanguage } from '../i18n/language';
import { useTicking } from '../store/ticker';
import { useSettings } from '../store/window-mirror';
import { report } from './actions';

export function usePausedUntil(): number | null {
  const until = useSettings().notificationsPausedUntilMs;
  return useTicking((nowMs) => (until !== null && until > nowMs ? until : null));
}

/** Pauses and resumes notifications; says so when they are paused. */
export function PauseMenu(): ReactElement {
  const { t, fmt } = useLanguage();
  const pausedUntil = usePausedUntil();
  const pause = (until: 'oneHour' | 'tomorrow' | 'resume') => (): void => {
    void report(t, api.notifications.pause({ until }));
  };
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          size="small"
          icon={pausedUntil === null ? <Alert20Regular /> : <AlertSnooze20Regular />}
          title={t('pause.button')}
        >
          {pausedUntil === null ? t('pause.button') : t('footer.paused', { time: fmt.dateTime(pausedUntil) })}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {pausedUntil === null ? null : <MenuItem onClick={pause('resume')}>{t('pause.resume')}</MenuItem>}
          <MenuItem onClick={pause('oneHour')}>{t('pause.oneHour')}</MenuItem>
          <MenuItem onClick={pause('tomorrow')}>{t('pause.tomorrow')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
