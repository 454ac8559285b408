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
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { Failure, Loading } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useLoaded } from '../../store/use-loaded';
import styles from './isolation.module.css';
import { callText } from './plan-steps';

interface Props {
  readonly id: InstanceId;
  readonly onClose: () => void;
}

/** How to go back by hand, without this app: steps in the console and as calls; saved as plain text. */
export function RecipeDialog({ id, onClose }: Props): ReactElement {
  const { t, say } = useLanguage();
  const toast = useUi((state) => state.toast);
  const { data, error, reload } = useLoaded(() => api.isolation.recipe({ id }), id, id);
  useReturnFocus();
  const save = async (): Promise<void> => {
    const answer = await api.isolation.saveRecipe({ id });
    if (!answer.ok) {
      toast({ text: t(answer.error.messageKey, answer.error.params), intent: 'error', undo: null });
    } else if (answer.value !== null) {
      toast({ text: t('isolate.recipe.saved', { path: answer.value.path }), intent: 'success', undo: null });
    }
  };
  return (
    <Dialog open onOpenChange={(_, event) => (event.open ? undefined : onClose())}>
      <DialogSurface style={{ maxWidth: 'min(860px, 94vw)' }}>
        <DialogBody>
          <DialogTitle>{data ? say(data.title) : t('isolate.action.recipe')}</DialogTitle>
          <DialogContent>
            {data === null ? (
              error ? (
                <Failure error={error} onRetry={reload} />
              ) : (
                <Loading label={t('common.loading')} />
              )
            ) : (
              <div className={styles.top} style={{ padding: 0 }}>
                <p className={styles.paragraph}>{t('isolate.recipe.intro')}</p>
                {data.notes.length > 0 ? (
                  <ul className={styles.list}>
                    {data.notes.map((note) => (
                      <li key={`${note.key}${JSON.stringify(note.params)}`}>{say(note)}</li>
                    ))}
                  </ul>
                ) : null}
                <ol className={styles.steps}>
                  {data.lines.map((line, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a recipe are a fixed list
                    <li key={index}>
                      {say(line.console)}
                      {line.calls.map((call) => (
                        <code key={callText(call)} className={styles.call}>
                          {callText(call)}
                        </code>
                      ))}
                    </li>
                  ))}
                </ol>
              </div>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.close')}</Button>
            <Button appearance="primary" disabledFocusable={data === null} onClick={() => void save()}>
              {t('isolate.recipe.save')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
