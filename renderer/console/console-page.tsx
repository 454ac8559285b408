import { MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import { type ReactElement, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { ConsolePageInfo } from '../../shared/console';
import { useLanguage } from '../i18n/language';
import { bridge } from './bridge';
import styles from './console.module.css';
import { EndedPanel } from './ended-panel';
import { PasswordForm } from './password-form';
import { FIRST_BUTTON_ID, Toolbar } from './toolbar';
import { TypePanel } from './type-panel';
import { useSession } from './use-session';
import { VerifyPanel } from './verify-panel';
import { stateText } from './words';

/** The key that leads from the screen back to the buttons, with Ctrl, Alt and Shift. */
const ESCAPE_CODE = 'KeyX';

const focusFirstButton = (): void => document.getElementById(FIRST_BUTTON_ID)?.focus();

/** The VNC console of one instance: its screen, and the buttons above it. */
export function ConsolePage({ info }: { readonly info: ConsolePageInfo }): ReactElement {
  const { t } = useLanguage();
  const screen = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const { state, session, connectAgain } = useSession(
    screen,
    t('console.page.screen', { name: info.name }),
    hintId,
  );
  const [fit, setFit] = useState(true);
  const [viewOnly, setViewOnly] = useState(false);
  const [typing, setTyping] = useState(false);
  const [full, setFull] = useState(false);
  const [said, setSaid] = useState('');
  const connected = state.kind === 'connected';

  useEffect(() => session?.setFit(fit), [session, fit]);
  useEffect(() => session?.setViewOnly(viewOnly), [session, viewOnly]);
  useEffect(focusFirstButton, []);
  useEffect(() => {
    // What had the focus, the password's field for example, is gone.
    if (connected && document.activeElement === document.body) focusFirstButton();
  }, [connected]);
  useEffect(() => {
    const leaveScreen = (event: KeyboardEvent): void => {
      const chord = event.ctrlKey && event.altKey && event.shiftKey && event.code === ESCAPE_CODE;
      if (!chord) return;
      event.preventDefault();
      event.stopPropagation();
      focusFirstButton();
    };
    window.addEventListener('keydown', leaveScreen, true);
    return () => window.removeEventListener('keydown', leaveScreen, true);
  }, []);

  const ctrlAltDel = useCallback(() => {
    session?.sendCtrlAltDel();
    setSaid(t('console.page.ctrlAltDel.sent'));
    // What comes next is typed on the instance.
    session?.focusScreen();
  }, [session, t]);
  const fullScreen = useCallback(async () => {
    const answer = await bridge().fullScreen();
    if (answer.ok) setFull(answer.value);
  }, []);

  const text = stateText(t, state, info);
  return (
    <div className={styles.page}>
      <header>
        <Toolbar
          connected={connected}
          ended={state.kind === 'ended'}
          fit={fit}
          viewOnly={viewOnly}
          typing={typing}
          full={full}
          onCtrlAltDel={ctrlAltDel}
          onTyping={() => setTyping(!typing)}
          onFit={setFit}
          onViewOnly={setViewOnly}
          onFullScreen={() => void fullScreen()}
          onConnect={connectAgain}
          onDisconnect={() => session?.disconnect()}
          onClose={() => void bridge().close()}
        />
        <div className={styles.line}>
          <span role="status" className={styles.state} data-state={state.kind}>
            <span className={styles.dot} aria-hidden="true" />
            {text}
          </span>
          <span id={hintId} className={styles.hint}>
            {t('console.page.escape')}
          </span>
          {info.practice ? <span className={styles.practice}>{t('console.page.practice')}</span> : null}
          <span className="visually-hidden" aria-live="polite">
            {said}
          </span>
        </div>
        {info.exposed ? (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t('console.page.exposed', { host: info.vnc.host })}</MessageBarBody>
          </MessageBar>
        ) : null}
      </header>
      {typing ? (
        <TypePanel
          session={connected ? session : null}
          viewOnly={viewOnly}
          onClose={() => setTyping(false)}
        />
      ) : null}
      <main className={styles.stage}>
        <div ref={screen} className={styles.screen} data-hidden={connected ? undefined : ''} />
        {connected ? null : (
          <div className={styles.over}>
            {state.kind === 'password' ? (
              <PasswordForm
                key={String(state.user)}
                user={state.user}
                onSend={(user, password) => session?.signIn(user, password)}
              />
            ) : state.kind === 'verify' ? (
              <VerifyPanel
                fingerprint={state.fingerprint}
                onAccept={() => session?.approveServer()}
                onRefuse={() => session?.disconnect()}
              />
            ) : state.kind === 'ended' ? (
              <EndedPanel why={state.why} info={info} onConnect={connectAgain} />
            ) : (
              <Spinner label={text} labelPosition="below" />
            )}
          </div>
        )}
      </main>
    </div>
  );
}
