import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { useLanguage } from '../i18n/language';
import styles from './console.module.css';

/** VNC's own authentication looks at so many characters. */
const VNC_CHARACTERS = 8;

interface Props {
  /** Whether the server wants a user name, too. */
  readonly user: boolean;
  readonly onSend: (user: string | null, password: string) => void;
}

/** Asks for the password of the VNC server. It is handed on and forgotten. */
export function PasswordForm({ user, onSend }: Props): ReactElement {
  const { t } = useLanguage();
  const id = useId();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const long = !user && [...password].length > VNC_CHARACTERS;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setPassword('');
    onSend(user ? name : null, password);
  };
  return (
    <form className={styles.card} aria-labelledby={id} onSubmit={send}>
      <h1 id={id} className={styles.cardTitle}>
        {t('console.page.password.title')}
      </h1>
      <p className={styles.cardText}>{t('console.page.password.intro')}</p>
      {user ? (
        <Field label={t('console.page.password.user')}>
          <Input
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(_, data) => setName(data.value)}
          />
        </Field>
      ) : null}
      <Field
        label={t('console.page.password.label')}
        {...(long
          ? { validationState: 'warning' as const, validationMessage: t('console.page.password.eight') }
          : {})}
      >
        <Input
          type="password"
          autoFocus={!user}
          autoComplete="off"
          spellCheck={false}
          value={password}
          onChange={(_, data) => setPassword(data.value)}
        />
      </Field>
      <div className={styles.cardActions}>
        <Button appearance="primary" type="submit" disabledFocusable={password === ''}>
          {t('console.page.password.send')}
        </Button>
      </div>
    </form>
  );
}
