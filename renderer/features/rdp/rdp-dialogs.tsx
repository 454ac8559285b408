import type { ReactElement } from 'react';
import type { RdpDialog } from '../../store/ui';
import { useProfile } from '../../store/window-mirror';
import { ConnectRdpDialog } from './connect-dialog';
import { ProbeRdpDialog } from './probe-dialog';

/** The dialogs of the proof of Remote Desktop; nothing for an instance that is no more. */
export function RdpDialogs({ dialog }: { readonly dialog: RdpDialog }): ReactElement | null {
  const profile = useProfile(dialog.id);
  if (!profile) return null;
  return dialog.kind === 'probeRdp' ? (
    <ProbeRdpDialog key={dialog.id} id={dialog.id} />
  ) : (
    <ConnectRdpDialog key={dialog.id} profile={profile} />
  );
}
