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
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { useReturnFocus } from '../../components/use-return-focus';
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
  useReturnFocus();
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : close())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('profile.check.title.of', { name: profile?.name ?? '' })}</DialogTitle>
          <DialogContent>
            <CheckPanel
              intro={t('profile.check.intro.saved')}
              autoStart
              start={() => api.check.start({ kind: 'saved', id })}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={() => openDialog({ kind: 'profile', id, copyOf: null })}>
              {t('fleet.action.edit')}
            </Button>
            <Button appearance="primary" onClick={close}>
              {t('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
