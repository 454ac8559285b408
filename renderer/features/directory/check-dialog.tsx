import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { DirectoryId } from '../../../shared/directory';
import { api } from '../../api';
import { useReturnFocus } from '../../components/use-return-focus';
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
  useReturnFocus();
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : onClose())}>
      <DialogSurface style={{ maxWidth: 'min(680px, 94vw)' }}>
        <DialogBody>
          <DialogTitle>{t('directories.check.title', { name: profile?.name ?? '' })}</DialogTitle>
          <DialogContent>
            <DirectoryCheckPanel
              intro={t('directories.check.intro.saved')}
              autoStart
              start={() => api.directory.startCheck({ kind: 'saved', id })}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={() => openDialog({ kind: 'directoryProfile', id, domain: null })}>
              {t('directories.action.edit')}
            </Button>
            <Button appearance="primary" onClick={onClose}>
              {t('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
