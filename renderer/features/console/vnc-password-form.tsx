import { Button, Field, Input } from '@fluentui/react-components';
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { Circle16Regular } from '@fluentui/react-icons/svg/circle';
import { Eye20Regular } from '@fluentui/react-icons/svg/eye';
import { EyeOff20Regular } from '@fluentui/react-icons/svg/eye-off';
import { type FormEvent, type ReactElement, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { useLanguage } from '../../i18n/language';
import { CloudFailure } from '../isolation/cloud-failure';
import styles from './console.module.css';
import { rulesOf } from './console-model';

/** Sets the password that the provider's console may ask for; its rules are checked while it is typed. */
export function VncPasswordForm({ id }: { readonly id: InstanceId }): ReactElement {
  const { t } = useLanguage();
  const [password, setPassword] = useState('');
  const [visible, setVisible] = useState(false);
  const [setting, setSetting] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const rules = rulesOf(password);
  const valid = rules.every(({ met }) => met);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!valid || setting) return;
    setSetting(true);
    setError(null);
    const answer = await api.console.setPassword({ id, password });
    setSetting(false);
    if (!answer.ok) return setError(answer.error);
    setPassword('');
    setDone(true);
  };
  return (
    <details className={styles.details}>
      <summary>{t('console.password.title')}</summary>
      <form className={styles.stack} noValidate onSubmit={(event) => void save(event)}>
        <p className={styles.text}>{t('console.password.intro')}</p>
        <Field label={t('console.password.label')} hint={t('console.password.hint')}>
          <Input
            type={visible ? 'text' : 'password'}
            autoComplete="new-password"
            spellCheck={false}
            maxLength={64}
            value={password}
            onChange={(_, data) => {
              setPassword(data.value);
              setDone(false);
            }}
            contentAfter={
              <Button
                appearance="transparent"
                size="small"
                aria-pressed={visible}
                aria-label={t(visible ? 'console.password.hide' : 'console.password.show')}
                icon={visible ? <EyeOff20Regular /> : <Eye20Regular />}
                onClick={() => setVisible(!visible)}
              />
            }
          />
        </Field>
        <ul className={styles.rules} aria-label={t('console.password.rules')}>
          {rules.map(({ rule, met }) => (
            <li key={rule} data-met={met ? '' : undefined}>
              {met ? <CheckmarkCircle16Filled aria-hidden="true" /> : <Circle16Regular aria-hidden="true" />}
              {t(`console.password.rule.${rule}`)}
              <span className="visually-hidden">
                {t(met ? 'console.password.met' : 'console.password.notMet')}
              </span>
            </li>
          ))}
        </ul>
        <div className={styles.row}>
          <Button type="submit" disabledFocusable={!valid || setting}>
            {t(setting ? 'console.password.setting' : 'console.password.set')}
          </Button>
          <span role="status" className={styles.note}>
            {done ? t('console.password.done') : null}
          </span>
        </div>
        {error ? <CloudFailure error={error} /> : null}
      </form>
    </details>
  );
}
