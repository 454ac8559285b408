import { Button, Switch, ToggleButton } from '@fluentui/react-components';
import { FullScreenMaximize20Regular } from '@fluentui/react-icons/svg/full-screen-maximize';
import { FullScreenMinimize20Regular } from '@fluentui/react-icons/svg/full-screen-minimize';
import { Keyboard20Regular } from '@fluentui/react-icons/svg/keyboard';
import type { ReactElement } from 'react';
import { useLanguage } from '../i18n/language';
import styles from './console.module.css';

export const FIRST_BUTTON_ID = 'ctrl-alt-del';

interface Props {
  readonly connected: boolean;
  readonly ended: boolean;
  readonly fit: boolean;
  readonly viewOnly: boolean;
  readonly typing: boolean;
  readonly full: boolean;
  readonly onCtrlAltDel: () => void;
  readonly onTyping: () => void;
  readonly onFit: (fit: boolean) => void;
  readonly onViewOnly: (viewOnly: boolean) => void;
  readonly onFullScreen: () => void;
  readonly onConnect: () => void;
  readonly onDisconnect: () => void;
  readonly onClose: () => void;
}

/** What can be done with the console. Ctrl+Alt+Del comes first: no keyboard sends it to the instance by itself. */
export function Toolbar(props: Props): ReactElement {
  const { t } = useLanguage();
  const { connected, ended, viewOnly, fit, full } = props;
  return (
    <div role="toolbar" aria-label={t('console.page.toolbar')} className={styles.toolbar}>
      <Button
        id={FIRST_BUTTON_ID}
        appearance="primary"
        disabledFocusable={!connected || viewOnly}
        onClick={props.onCtrlAltDel}
      >
        {t('console.page.ctrlAltDel')}
      </Button>
      <ToggleButton
        icon={<Keyboard20Regular />}
        checked={props.typing}
        disabledFocusable={!connected}
        onClick={props.onTyping}
      >
        {t('console.page.type')}
      </ToggleButton>
      <span className={styles.gap} />
      <ToggleButton appearance="subtle" checked={fit} onClick={() => props.onFit(!fit)}>
        {t('console.page.fit')}
      </ToggleButton>
      <Button
        appearance="subtle"
        icon={full ? <FullScreenMinimize20Regular /> : <FullScreenMaximize20Regular />}
        onClick={props.onFullScreen}
      >
        {t(full ? 'console.page.leaveFullScreen' : 'console.page.fullScreen')}
      </Button>
      <Switch
        label={t('console.page.viewOnly')}
        checked={viewOnly}
        onChange={(_, data) => props.onViewOnly(data.checked)}
      />
      {ended ? (
        <>
          <Button onClick={props.onConnect}>{t('console.page.reconnect')}</Button>
          <Button onClick={props.onClose}>{t('console.page.close')}</Button>
        </>
      ) : (
        <Button onClick={props.onDisconnect}>{t('console.page.disconnect')}</Button>
      )}
    </div>
  );
}
