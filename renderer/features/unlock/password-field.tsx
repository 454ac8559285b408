import { Button, Field, Input } from '@fluentui/react-components';
import { Eye20Regular } from '@fluentui/react-icons/svg/eye';
import { EyeOff20Regular } from '@fluentui/react-icons/svg/eye-off';
import { type ReactElement, useState } from 'react';
import { generatePassword, PASSWORD_LENGTH, randomBelow } from '../../../shared/password-rules';
import { useLanguage } from '../../i18n/language';
import { cryptoBytes } from './random-bytes';
import { passwordMessage } from './reset-model';
import styles from './unlock.module.css';

interface Props {
  readonly value: string;
  readonly account: string;
  readonly onChange: (value: string) => void;
}

/** A password that is checked while it is typed, or generated here; hidden until it is asked to be shown. */
export function PasswordField({ value, account, onChange }: Props): ReactElement {
  const { t, say } = useLanguage();
  const [shown, setShown] = useState(false);
  const [generated, setGenerated] = useState('');
  const { state, messages } = passwordMessage(value, account);
  const reveal = t(shown ? 'unlock.reset.hide' : 'unlock.reset.reveal');
  const generate = (): void => {
    const password = generatePassword(randomBelow(cryptoBytes()), account);
    setGenerated(password);
    setShown(true);
    onChange(password);
  };
  return (
    <div className={styles.stack} style={{ gap: 4 }}>
      <Field
        label={t('unlock.reset.password')}
        required
        validationState={state}
        validationMessage={
          messages.length === 0 ? null : (
            <ul className={styles.messages}>
              {messages.map((message) => (
                <li key={message.key}>{say(message)}</li>
              ))}
            </ul>
          )
        }
      >
        {(field) => (
          <div className={styles.field}>
            <Input
              {...field}
              type={shown ? 'text' : 'password'}
              value={value}
              // Longer is told, not cut off unseen.
              maxLength={PASSWORD_LENGTH.most + 70}
              autoComplete="off"
              spellCheck={false}
              input={{ className: styles.secret }}
              onChange={(_, data) => onChange(data.value)}
            />
            <Button
              icon={shown ? <EyeOff20Regular /> : <Eye20Regular />}
              aria-label={reveal}
              title={reveal}
              onClick={() => setShown(!shown)}
            />
            <Button onClick={generate}>{t('unlock.reset.generate')}</Button>
          </div>
        )}
      </Field>
      {value !== '' && value === generated ? (
        <p className={styles.minor}>{t('unlock.reset.generated')}</p>
      ) : null}
    </div>
  );
}
