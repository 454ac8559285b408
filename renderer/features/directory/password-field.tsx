import { Button, Field, Input } from '@fluentui/react-components';
import { Eye20Regular } from '@fluentui/react-icons/svg/eye';
import { EyeOff20Regular } from '@fluentui/react-icons/svg/eye-off';
import { type ReactElement, useState } from 'react';
import { fieldId, useFieldState } from '../../components/form/fields';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import type { DirectoryForm } from './use-directory-form';

/** The password of the directory's user: typed here, kept in the vault, never shown back. */
export function PasswordField({ form }: { readonly form: DirectoryForm }): ReactElement {
  const { t } = useLanguage();
  const vault = useMirror((state) => state.base?.vault);
  const [visible, setVisible] = useState(false);
  const kept = form.saved === 'kept';
  const where =
    vault?.kind === 'os' ? t('profile.secret.os', { backend: vault.backend }) : t('profile.secret.memory');
  const hint = [
    form.saved === 'placeChanged' ? t('directories.form.password.changed') : '',
    where,
    t('directories.form.password.once'),
  ];
  const reveal = t(visible ? 'profile.secret.hide' : 'profile.secret.show');
  return (
    <Field
      label={{ children: t('directories.form.password'), htmlFor: fieldId('password') }}
      hint={hint.filter(Boolean).join(' ')}
      required={!kept}
      {...useFieldState(form, 'password')}
    >
      <Input
        id={fieldId('password')}
        type={visible ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck={false}
        value={form.draft.password}
        {...(kept
          ? { placeholder: t(vault?.kind === 'os' ? 'profile.secret.saved' : 'profile.secret.session') }
          : {})}
        onChange={(_, data) => form.set({ password: data.value })}
        onBlur={() => form.touch('password')}
        contentAfter={
          <Button
            appearance="transparent"
            size="small"
            aria-pressed={visible}
            aria-label={reveal}
            icon={visible ? <EyeOff20Regular /> : <Eye20Regular />}
            onClick={() => setVisible(!visible)}
          />
        }
      />
    </Field>
  );
}
