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
import { useMirror, useProfile } from '../../store/window-mirror';
import { CloudConsole } from './cloud-console';
import styles from './console.module.css';
import { branchesOf } from './console-model';
import { NoConsole } from './no-console';
import { VncConsole } from './vnc-console';

/** Says which consoles an instance has and opens them, each in a window of its own. */
export function ConsoleDialog({ id }: { readonly id: InstanceId }): ReactElement | null {
  const { t } = useLanguage();
  const close = useUi((state) => state.closeDialog);
  const openDialog = useUi((state) => state.openDialog);
  const profile = useProfile(id);
  const choice = useLoaded(() => api.console.describe({ id }), id, String(profile?.updatedAtMs));
  const practice = useMirror((state) => state.base?.app.practice ?? false);
  useReturnFocus();
  if (!profile) return null;
  const branches = choice.data ? branchesOf(choice.data, practice) : [];
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : close())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('console.title', { name: profile.name })}</DialogTitle>
          <DialogContent>
            <div className={styles.stack}>
              <p className={styles.text}>{t('console.intro')}</p>
              {choice.error ? <Failure error={choice.error} onRetry={choice.reload} /> : null}
              {choice.data === null && !choice.error ? <Loading label={t('common.loading')} /> : null}
              {branches.map((branch, index) =>
                branch.kind === 'cloud' ? (
                  <CloudConsole key="cloud" id={id} cloud={branch.cloud} first={index === 0} />
                ) : branch.kind === 'vnc' ? (
                  <VncConsole key="vnc" id={id} vnc={branch.vnc} first={index === 0} />
                ) : (
                  <NoConsole key="none" id={id} name={profile.name} />
                ),
              )}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={() => openDialog({ kind: 'profile', id, copyOf: null })}>
              {t('console.editProfile')}
            </Button>
            <Button onClick={close}>{t('common.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
