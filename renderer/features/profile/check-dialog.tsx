import type { ReactElement } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { CheckDialogFrame } from '../../components/check/check-dialog-frame';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useProfile } from '../../store/window-mirror';
import { CheckPanel } from './check-panel';

/** The connection check of a saved instance; it starts by itself. */
export function CheckDialog({ id }: { readonly id: InstanceId }): ReactElement {
  const { t } = useLanguage();
  const close = useUi((state) => state.closeDialog);
  const openDialog = useUi((state) => state.openDialog);
  const profile = useProfile(id);
  return (
    <CheckDialogFrame
      title={t('profile.check.title.of', { name: profile?.name ?? '' })}
      edit={t('fleet.action.edit')}
      onEdit={() => openDialog({ kind: 'profile', id, copyOf: null })}
      onClose={close}
    >
      <CheckPanel
        intro={t('profile.check.intro.saved')}
        autoStart
        start={() => api.check.start({ kind: 'saved', id })}
      />
    </CheckDialogFrame>
  );
}
