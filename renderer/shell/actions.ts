import type { InstanceId } from '../../shared/instance';
import type { Result } from '../../shared/result';
import { api } from '../api';
import type { Language } from '../i18n/language';
import { type Toast, useUi } from '../store/ui';

/** Shows a failed request as a toast; a success says nothing, since the state that follows is the answer. */
export async function report(t: Language['t'], request: Promise<Result<unknown>>): Promise<boolean> {
  const answer = await request;
  if (!answer.ok) {
    const { messageKey, params } = answer.error;
    useUi.getState().toast({ text: t(messageKey, params), intent: 'error', undo: null });
  }
  return answer.ok;
}

/** Deletes at once and offers to undo it while main still can. */
export async function deleteInstance(t: Language['t'], id: InstanceId, name: string): Promise<void> {
  const answer = await api.profiles.delete({ ids: [id] });
  const { toast, route, go } = useUi.getState();
  if (!answer.ok) {
    toast({ text: t(answer.error.messageKey, answer.error.params), intent: 'error', undo: null });
    return;
  }
  if (route.page === 'instance' && route.instanceId === id) go({ page: 'fleet' });
  const { undoToken, undoUntilMs } = answer.value;
  toast({
    text: t('fleet.deleted', { name }),
    intent: 'success',
    undo: { token: undoToken, untilMs: undoUntilMs },
  });
}

export async function undoDelete(
  t: Language['t'],
  toastId: number,
  { token, of }: NonNullable<Toast['undo']>,
): Promise<void> {
  const answer = of
    ? await api.directory.undoDelete({ undoToken: token })
    : await api.profiles.undoDelete({ undoToken: token });
  const { toast, dismissToast } = useUi.getState();
  dismissToast(toastId);
  if (answer.ok)
    toast({
      text: t(of ? 'directories.undone' : 'fleet.undone', { count: answer.value.length }),
      intent: 'success',
      undo: null,
    });
  else toast({ text: t(answer.error.messageKey, answer.error.params), intent: 'error', undo: null });
}
