import { type ReactElement, useState } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { FormDrawer } from '../../components/form/form-drawer';
import { FormPart } from '../../components/form/form-section';
import { useFormSave } from '../../components/form/use-form-save';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { mirror } from '../../store/window-mirror';
import { CheckPanel } from './check-panel';
import { InstanceSection, JumpSection, MoreSection, SshSection, WatchSection } from './profile-sections';
import { useProfileForm } from './use-profile-form';
import { VncSection } from './vnc-section';

interface Props {
  readonly id: InstanceId | null;
  readonly copyOf: InstanceId | null;
}

/** Adds, edits or duplicates an instance. */
export function ProfileDrawer({ id, copyOf }: Props): ReactElement {
  const { t } = useLanguage();
  const close = useUi((state) => state.closeDialog);
  // The profile as it was when the form opened: a change from elsewhere must not wipe what is being typed.
  const [original] = useState(() => mirror.store.getState().profiles[id ?? copyOf ?? '']);
  const name = original?.name ?? '';
  const copyName = copyOf !== null && original ? t('profile.copyName', { name }) : null;
  const form = useProfileForm(id, original, copyName);
  const saving = useFormSave({
    form,
    send: (value) => api.profiles.save({ id, ...value, copySecretsFrom: copyOf }),
    onSaved: close,
  });
  const startCheck = (): ReturnType<typeof api.check.start> | null => {
    const value = saving.complete();
    return value === null ? null : api.check.start({ kind: 'draft', id, ...value, copySecretsFrom: copyOf });
  };
  const newTitle = copyOf === null ? t('profile.title.add') : t('profile.title.duplicate', { name });
  return (
    <FormDrawer
      title={id === null ? newTitle : t('profile.title.edit', { name })}
      form={form}
      saving={saving}
      firstField="name"
      startsWatching={id === null && form.draft.watch !== 'off'}
    >
      <InstanceSection form={form} />
      <SshSection form={form} />
      <JumpSection form={form} />
      <MoreSection form={form} />
      <VncSection form={form} />
      <WatchSection form={form} />
      <FormPart title={t('profile.check.title')}>
        <CheckPanel intro={t('profile.check.intro')} start={startCheck} />
      </FormPart>
    </FormDrawer>
  );
}
