import type { ReactElement } from 'react';
import { type UnlockDialog, useUi } from '../../store/ui';
import { ResetDialog } from './reset-dialog';
import { UnlockAccountDialog } from './unlock-account-dialog';

/** The dialogs of unlocking; loaded when the first of them is opened. */
export function UnlockDialogs({ dialog }: { readonly dialog: UnlockDialog }): ReactElement {
  const onClose = useUi((state) => state.closeDialog);
  if (dialog.kind === 'resetPassword')
    return <ResetDialog key={dialog.id} id={dialog.id} onClose={onClose} />;
  const { id, accountKey } = dialog;
  return (
    <UnlockAccountDialog key={`${id}/${accountKey}`} id={id} accountKey={accountKey} onClose={onClose} />
  );
}
