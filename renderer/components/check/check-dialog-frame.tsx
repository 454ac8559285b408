import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { useLanguage } from '../../i18n/language';
import { useReturnFocus } from '../use-return-focus';

interface Props {
  readonly title: string;
  /** The words of the way to the form. */
  readonly edit: string;
  readonly wide?: boolean;
  readonly onEdit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The check of something saved, in a dialog of its own, with the way to the form of what is checked. */
export function CheckDialogFrame(props: Props): ReactElement {
  const { title, edit, wide = false, onEdit, onClose, children } = props;
  const { t } = useLanguage();
  useReturnFocus();
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : onClose())}>
      <DialogSurface {...(wide ? { style: { maxWidth: 'min(680px, 94vw)' } } : {})}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions>
            <Button onClick={onEdit}>{edit}</Button>
            <Button appearance="primary" onClick={onClose}>
              {t('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
