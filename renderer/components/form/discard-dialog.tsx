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
import { useLanguage } from '../../i18n/language';
import { useReturnFocus } from '../use-return-focus';

interface Props {
  readonly onStay: () => void;
  readonly onDiscard: () => void;
}

export function DiscardDialog({ onStay, onDiscard }: Props): ReactElement {
  const { t } = useLanguage();
  useReturnFocus();
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('profile.unsaved.title')}</DialogTitle>
          <DialogContent>{t('profile.unsaved.text')}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onStay}>
              {t('profile.unsaved.stay')}
            </Button>
            <Button onClick={onDiscard}>{t('profile.unsaved.discard')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
