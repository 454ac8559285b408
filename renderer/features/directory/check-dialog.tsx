import type { ReactElement } from 'react';
import type { DirectoryId } from '../../../shared/directory';
import { api } from '../../api';
import { CheckDialogFrame } from '../../components/check/check-dialog-frame';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { DirectoryCheckPanel } from './directory-check-panel';
import { useDirectoryProfile } from './state';

interface Props {
  readonly id: DirectoryId;
  readonly onClose: () => void;
}

/** The connection check of a saved directory; it starts by itself. */
export function DirectoryCheckDialog({ id, onClose }: Props): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const profile = useDirectoryProfile(id);
  return (
    <CheckDialogFrame
      title={t('directories.check.title', { name: profile?.name ?? '' })}
      edit={t('directories.action.edit')}
      wide
      onEdit={() => openDialog({ kind: 'directoryProfile', id, domain: null })}
      onClose={onClose}
    >
      <DirectoryCheckPanel
        intro={t('directories.check.intro.saved')}
        autoStart
        start={() => api.directory.startCheck({ kind: 'saved', id })}
      />
    </CheckDialogFrame>
  );
}
