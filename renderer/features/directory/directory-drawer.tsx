import { type ReactElement, useState } from 'react';
import type { DirectoryId } from '../../../shared/directory';
import { api } from '../../api';
import { FormDrawer } from '../../components/form/form-drawer';
import { FormPart } from '../../components/form/form-section';
import { useFormSave } from '../../components/form/use-form-save';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { mirror } from '../../store/window-mirror';
import { DirectoryCheckPanel } from './directory-check-panel';
import { ConnectionSection, DomainSection, SignInSection, WatchSection } from './form-sections';
import { useDirectoryForm } from './use-directory-form';

interface Props {
  readonly id: DirectoryId | null;
  /** What a new directory begins with. */
  readonly domain: string | null;
}

/** Adds or edits a directory; a saved one is shown. */
export function DirectoryDrawer({ id, domain }: Props): ReactElement {
  const { t } = useLanguage();
  const close = useUi((state) => state.closeDialog);
  const go = useUi((state) => state.go);
  // As it was when the form opened: a change from elsewhere must not wipe what is being typed.
  const [original] = useState(() =>
    mirror.store.getState().base?.directoryProfiles.find((profile) => profile.id === id),
  );
  const form = useDirectoryForm(original, domain);
  const saving = useFormSave({
    form,
    send: (value) => api.directory.save({ id, ...value }),
    onSaved: (saved) => {
      close();
      go({ page: 'directory', directoryId: saved.id });
    },
  });
  const startCheck = (): ReturnType<typeof api.directory.startCheck> | null => {
    const value = saving.complete();
    return value === null ? null : api.directory.startCheck({ kind: 'draft', id, ...value });
  };
  return (
    <FormDrawer
      title={
        id === null
          ? t('directories.form.title.add')
          : t('directories.form.title.edit', { name: original?.name ?? '' })
      }
      form={form}
      saving={saving}
      firstField="domain"
      startsWatching={id === null && form.draft.watch !== 'off'}
    >
      <DomainSection form={form} />
      <ConnectionSection form={form} />
      <SignInSection form={form} />
      <WatchSection form={form} />
      <FormPart title={t('profile.check.title')}>
        <DirectoryCheckPanel intro={t('directories.check.intro')} start={startCheck} />
      </FormPart>
    </FormDrawer>
  );
}
