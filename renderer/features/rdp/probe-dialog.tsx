import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type ReactElement, useEffect, useRef } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useProfile } from '../../store/window-mirror';
import { RdpBody, useProbe } from './rdp-body';

/** Looks at once, since that is what it was opened for. */
export function ProbeRdpDialog({ id }: { readonly id: InstanceId }): ReactElement {
  const { t } = useLanguage();
  const onClose = useUi((state) => state.closeDialog);
  const name = useProfile(id)?.name ?? '';
  const { error, probe } = useProbe(id);
  const first = useRef(probe);
  useReturnFocus();
  useEffect(() => first.current('here'), []);
  return (
    <Dialog open onOpenChange={(_, event) => (event.open ? undefined : onClose())}>
      <DialogSurface style={{ maxWidth: 'min(860px, 94vw)' }}>
        <DialogBody>
          <DialogTitle>{t('rdp.probe.title', { name })}</DialogTitle>
          <DialogContent>
            <RdpBody id={id} probe={probe} error={error} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
