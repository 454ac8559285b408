import type { ReactElement } from 'react';
import { type DirectoryDialog, useUi } from '../../store/ui';
import { CertificateDialog } from './certificate-dialog';
import { DirectoryCheckDialog } from './check-dialog';
import { ControllerTableDialog } from './controller-table-dialog';
import { DirectoryDrawer } from './directory-drawer';
import { useCertificateQuestion } from './state';
import { DirectoryUnlockDialog } from './unlock-dialog';

type CertificateState = Extract<DirectoryDialog, { kind: 'directoryCertificate' }>;

function Certificate({ dialog }: { readonly dialog: CertificateState }): ReactElement | null {
  const close = useUi((state) => state.closeDialog);
  const question = useCertificateQuestion(dialog.directoryId, dialog.host);
  return question ? <CertificateDialog question={question} checkId={null} onClose={close} /> : null;
}

/** The dialogs of directories; loaded when the first of them is opened. */
export function DirectoryDialogs({ dialog }: { readonly dialog: DirectoryDialog }): ReactElement | null {
  const onClose = useUi((state) => state.closeDialog);
  switch (dialog.kind) {
    case 'directoryProfile':
      return <DirectoryDrawer key={dialog.id ?? 'new'} id={dialog.id} domain={dialog.domain} />;
    case 'directoryCheck':
      return <DirectoryCheckDialog key={dialog.id} id={dialog.id} onClose={onClose} />;
    case 'directoryCertificate':
      return <Certificate key={`${dialog.directoryId} ${dialog.host}`} dialog={dialog} />;
    case 'controllerTable':
    case 'directoryUnlock': {
      const { id, accountKey, kind } = dialog;
      const Dialog = kind === 'controllerTable' ? ControllerTableDialog : DirectoryUnlockDialog;
      return <Dialog key={`${id} ${accountKey}`} id={id} accountKey={accountKey} onClose={onClose} />;
    }
  }
}
