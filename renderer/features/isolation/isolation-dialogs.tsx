import { type ReactElement, useState } from 'react';
import { useLanguage } from '../../i18n/language';
import { type IsolationDialog, useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import { CloudAccountDialog } from '../cloud/account-dialog';
import { CloudLinkDialog } from '../cloud/link-dialog';
import { ChooseInstances } from './choose-instances';
import { PlanFlow } from './plan-flow';
import { RecipeDialog } from './recipe-dialog';
import { RestoreDialog } from './restore-dialog';

const noAddresses: readonly string[] = [];

function IsolateDialog({
  ids,
  onClose,
}: {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState(ids);
  const name = useMirror((state) => state.profiles[chosen[0] ?? '']?.name ?? '');
  if (chosen.length === 0) return <ChooseInstances onChosen={setChosen} onClose={onClose} />;
  return (
    <PlanFlow
      kind="isolate"
      title={t('isolate.title', { count: chosen.length, name })}
      ids={chosen}
      trusted={noAddresses}
      onClose={onClose}
    />
  );
}

/** The dialogs of isolation and of cloud accounts. */
export function IsolationDialogs({ dialog }: { readonly dialog: IsolationDialog }): ReactElement {
  const { t } = useLanguage();
  const onClose = useUi((state) => state.closeDialog);
  const subject = dialog.kind === 'undo' ? dialog.id : dialog.kind === 'plan' ? dialog.preview.id : '';
  const name = useMirror((state) => state.profiles[subject]?.name ?? '');
  switch (dialog.kind) {
    case 'isolate':
      return <IsolateDialog key={dialog.ids.join()} ids={dialog.ids} onClose={onClose} />;
    case 'restoreToTrust':
      return <RestoreDialog key={dialog.id} id={dialog.id} onClose={onClose} />;
    case 'undo':
      return (
        <PlanFlow
          key={dialog.id}
          kind="undo"
          title={t('undo.title', { name })}
          ids={[dialog.id]}
          trusted={noAddresses}
          onClose={onClose}
        />
      );
    case 'plan': {
      const kind = dialog.preview.plan?.kind ?? 'isolate';
      return (
        <PlanFlow
          key={dialog.preview.previewId}
          kind={kind}
          title={t(`isolate.given.${kind}`, { name })}
          ids={[dialog.preview.id]}
          trusted={null}
          given={dialog.preview}
          onClose={onClose}
        />
      );
    }
    case 'recipe':
      return <RecipeDialog key={dialog.id} id={dialog.id} onClose={onClose} />;
    case 'cloudLink':
      return <CloudLinkDialog key={dialog.id} id={dialog.id} onClose={onClose} />;
    case 'cloudAccount':
      return <CloudAccountDialog key={dialog.id} id={dialog.id} onClose={onClose} />;
  }
}
