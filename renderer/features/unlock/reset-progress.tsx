import { Button, Checkbox } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { PasswordReset } from '../../../shared/password-reset';
import { api } from '../../api';
import { Failure } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { Box } from './box';
import { mayReboot } from './reset-model';
import { ResetSecret } from './reset-secret';
import { ResetSteps } from './reset-steps';
import styles from './unlock.module.css';

/** Where it stands, in one sentence. */
function Standing({ reset }: { readonly reset: PasswordReset }): ReactElement | null {
  const { t, fmt } = useLanguage();
  const { phase, setAtMs, runningAtMs, reachedAtMs, cloudStatus, watching } = reset;
  const sentence = (): string => {
    switch (phase) {
      case 'setting':
        return t('unlock.reset.setting');
      case 'set':
        return setAtMs === null ? '' : t('unlock.reset.isSet', { time: fmt.time(setAtMs) });
      case 'maybeSet':
        return '';
      case 'refused':
        return t('unlock.reset.refused');
      case 'rebooting':
        return watching
          ? t('unlock.reset.rebooting', { status: t(`unlock.reset.status.${cloudStatus ?? 'unknown'}`) })
          : '';
      case 'reaching':
        return runningAtMs === null ? '' : t('unlock.reset.reaching', { time: fmt.time(runningAtMs) });
      case 'done':
        return [
          t(reset.seenDown && setAtMs !== null ? 'unlock.reset.done' : 'unlock.reset.done.uncertain'),
          reachedAtMs === null ? '' : t('unlock.reset.done.answered', { time: fmt.time(reachedAtMs) }),
        ]
          .filter(Boolean)
          .join(' ');
    }
  };
  const text = sentence();
  return text === '' ? null : (
    <p className={styles.paragraph} role="status">
      {text}
    </p>
  );
}

function Reboot({
  reset,
  instance,
}: {
  readonly reset: PasswordReset;
  readonly instance: string;
}): ReactElement {
  const { t } = useLanguage();
  const [agreed, setAgreed] = useState(false);
  const { id } = reset;
  return (
    <Box tone="warning" title={t('unlock.reset.step.reboot')}>
      <div className={styles.stack} style={{ gap: 6 }}>
        <p className={styles.paragraph}>{t('unlock.reset.reboot.text', { instance })}</p>
        <Checkbox
          label={t('unlock.reset.reboot.ask', { instance })}
          checked={agreed}
          onChange={(_, data) => setAgreed(data.checked === true)}
        />
        <div>
          <Button
            appearance="primary"
            disabledFocusable={!agreed}
            onClick={() =>
              agreed ? void report(t, api.passwordReset.reboot({ id, confirmed: true })) : undefined
            }
          >
            {t('unlock.reset.reboot.confirm')}
          </Button>
        </div>
      </div>
    </Box>
  );
}

interface Props {
  readonly reset: PasswordReset;
  readonly instance: string;
  readonly password: string;
  readonly onForget: () => void;
}

/** A reset from the moment it was sent to the moment the instance answers again. */
export function ResetProgress({ reset, instance, password, onForget }: Props): ReactElement {
  const { t, say } = useLanguage();
  const { id, phase, message, error, watching } = reset;
  const asking = phase === 'rebooting' || phase === 'reaching';
  return (
    <>
      <ResetSteps reset={reset} />
      <Standing reset={reset} />
      {message ? (
        <Box tone={phase === 'refused' ? 'danger' : 'warning'} alert>
          <p className={styles.paragraph}>{say(message)}</p>
        </Box>
      ) : null}
      {error ? <Failure error={error} /> : null}
      {phase === 'refused' ? null : <ResetSecret reset={reset} password={password} onForget={onForget} />}
      {mayReboot(reset) ? <Reboot key={phase} reset={reset} instance={instance} /> : null}
      {asking ? (
        <div className={styles.buttons}>
          {watching ? (
            <Button onClick={() => void report(t, api.passwordReset.cancelWait({ id }))}>
              {t('unlock.reset.cancelWait')}
            </Button>
          ) : (
            <Button onClick={() => void report(t, api.passwordReset.watch({ id }))}>
              {t('unlock.reset.watchAgain')}
            </Button>
          )}
        </div>
      ) : null}
    </>
  );
}
