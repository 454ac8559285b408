import { Field } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { fieldId, useFieldState } from '../../components/form/fields';
import { SecretInput } from '../../components/form/secret-input';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import type { DirectoryForm } from './use-directory-form';

/** The password of the directory's user: typed here, kept in the vault, never shown back. */
export function PasswordField({ form }: { readonly form: DirectoryForm }): ReactElement {
  const { t } = useLanguage();
  const vault = useMirror((state) => state.base?.vault);
  const kept = form.saved === 'kept';
  const where =
    vault?.kind === 'os' ? t('profile.secret.os', { backend: vault.backend }) : t('profile.secret.memory');
  const hint = [
    form.saved === 'placeChanged' ? t('directories.form.password.changed') : '',
    where,
    t('directories.form.password.once'),
  ];
  return (
    <Field
      label={{ children: t('directories.form.password'), htmlFor: fieldId('password') }}
      hint={hint.filter(Boolean).join(' ')}
      required={!kept}
      {...useFieldState(form, 'password')}
    >
      <SecretInput
        field="password"
        value={form.draft.password}
        kept={kept ? t(vault?.kind === 'os' ? 'profile.secret.saved' : 'profile.secret.session') : null}
        onChange={(password) => form.set({ password })}
        onLeave={() => form.touch('password')}
      />
    </Field>
  );
}
