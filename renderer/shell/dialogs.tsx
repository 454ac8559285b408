import { lazy, type ReactElement, Suspense } from 'react';
import { IsolationDialogs } from '../features/isolation/isolation-dialogs';
import { CheckDialog } from '../features/profile/check-dialog';
import { HostKeyDialog } from '../features/profile/host-key-dialog';
import { ProfileDrawer } from '../features/profile/profile-drawer';
import { useUi } from '../store/ui';
import { useMirror } from '../store/window-mirror';

const RdpDialogs = lazy(async () => ({
  default: (await import('../features/rdp/rdp-dialogs')).RdpDialogs,
}));

const ConsoleDialog = lazy(async () => ({
  default: (await import('../features/console/console-dialog')).ConsoleDialog,
}));

const UnlockDialogs = lazy(async () => ({
  default: (await import('../features/unlock/unlock-dialogs')).UnlockDialogs,
}));

const DirectoryDialogs = lazy(async () => ({
  default: (await import('../features/directory/directory-dialogs')).DirectoryDialogs,
}));

/** The dialog of the moment, above whatever page is shown. */
export function Dialogs(): ReactElement | null {
  const dialog = useUi((state) => state.dialog);
  const close = useUi((state) => state.closeDialog);
  const question = useMirror((state) =>
    dialog?.kind === 'hostKey'
      ? state.base?.hostKeyQuestions.find(
          (one) => one.instanceId === dialog.instanceId && one.key.hop === dialog.hop,
        )
      : undefined,
  );
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'profile':
      return <ProfileDrawer key={`${dialog.id}-${dialog.copyOf}`} id={dialog.id} copyOf={dialog.copyOf} />;
    case 'check':
      return <CheckDialog key={dialog.id} id={dialog.id} />;
    case 'hostKey':
      return question ? <HostKeyDialog question={question} checkId={null} onClose={close} /> : null;
    case 'probeRdp':
    case 'connectRdp':
      return <RdpDialogs dialog={dialog} />;
    case 'openConsole':
      return (
        <Suspense>
          <ConsoleDialog key={dialog.id} id={dialog.id} />
        </Suspense>
      );
    case 'resetPassword':
    case 'unlockAccount':
      return (
        <Suspense>
          <UnlockDialogs dialog={dialog} />
        </Suspense>
      );
    case 'directoryProfile':
    case 'directoryCheck':
    case 'directoryCertificate':
    case 'controllerTable':
    case 'directoryUnlock':
      return (
        <Suspense>
          <DirectoryDialogs dialog={dialog} />
        </Suspense>
      );
    default:
      return <IsolationDialogs dialog={dialog} />;
  }
}
