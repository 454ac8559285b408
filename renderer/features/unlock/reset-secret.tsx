import { Button } from '@fluentui/react-components';
import { Eye20Regular } from '@fluentui/react-icons/svg/eye';
import { EyeOff20Regular } from '@fluentui/react-icons/svg/eye-off';
import { type ReactElement, useState } from 'react';
import type { PasswordReset } from '../../../shared/password-reset';
import { api } from '../../api';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { mayKeep } from './reset-model';
import styles from './unlock.module.css';

interface Props {
  readonly reset: PasswordReset;
  /** What was typed or generated in this dialog; gone with it. */
  readonly password: string;
  readonly onForget: () => void;
}

/** The new password: shown while this dialog is open, copied by main, kept if the admin says so. */
export function ResetSecret({ reset, password, onForget }: Props): ReactElement {
  const { t } = useLanguage();
  const [shown, setShown] = useState(false);
  const [copiedFor, setCopiedFor] = useState<number | null>(null);
  const { id, held, keep } = reset;
  const copy = async (): Promise<void> => {
    const request = api.passwordReset.copy({ id });
    const answer = await request;
    if (answer.ok) setCopiedFor(answer.value.clearsAfterSeconds);
    else await report(t, request);
  };
  return (
    <>
      {password !== '' && shown ? (
        <div className={`${styles.secret} ${styles.shown}`} data-secret>
          {password}
        </div>
      ) : null}
      {held || password !== '' ? (
        <div className={styles.buttons}>
          {password === '' ? null : (
            <Button icon={shown ? <EyeOff20Regular /> : <Eye20Regular />} onClick={() => setShown(!shown)}>
              {t(shown ? 'unlock.reset.hide' : 'unlock.reset.reveal')}
            </Button>
          )}
          {held ? <Button onClick={() => void copy()}>{t('unlock.reset.copy')}</Button> : null}
          {reset.phase === 'done' ? null : (
            <Button
              onClick={() => {
                onForget();
                setShown(false);
                setCopiedFor(null);
                void report(t, api.passwordReset.forget({ id }));
              }}
            >
              {t('unlock.reset.forget')}
            </Button>
          )}
          {mayKeep(reset) ? (
            <Button onClick={() => void report(t, api.passwordReset.save({ id }))}>
              {t('unlock.reset.keepNow')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <p className={styles.minor} role="status">
        {copiedFor === null
          ? t(held ? 'unlock.reset.held' : 'unlock.reset.notHeld')
          : t('unlock.reset.copied', { seconds: copiedFor })}
      </p>
      {keep === 'no' ? null : <p className={styles.paragraph}>{t(`unlock.reset.keep.${keep}`)}</p>}
    </>
  );
}
