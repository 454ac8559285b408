import type { DirectoryProfile } from '../../../shared/directory';
import { api } from '../../api';
import type { Language } from '../../i18n/language';
import { useUi } from '../../store/ui';

/** Deletes at once and offers to undo it while main still can. */
export async function deleteDirectory(
  t: Language['t'],
  { id, name }: Pick<DirectoryProfile, 'id' | 'name'>,
): Promise<void> {
  const answer = await api.directory.delete({ ids: [id] });
  const { toast, go } = useUi.getState();
  if (!answer.ok) {
    toast({ text: t(answer.error.messageKey, answer.error.params), intent: 'error', undo: null });
    return;
  }
  go({ page: 'directory' });
  const { undoToken: token, undoUntilMs: untilMs } = answer.value;
  toast({
    text: t('directories.deleted', { name }),
    intent: 'success',
    undo: { token, untilMs, of: 'directories' },
  });
}
