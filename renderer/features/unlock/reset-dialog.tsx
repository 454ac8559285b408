import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import { administratorOf, signsInAs } from '../../../shared/password-reset';
import { isAllowedPassword } from '../../../shared/password-rules';
import { api } from '../../api';
import { Failure, Loading } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useInstance, useProfile } from '../../store/window-mirror';
import { type ResetDraft, ResetForm } from './reset-form';
import { mayStartAnew } from './reset-model';
import { ResetProgress } from './reset-progress';
import { usePasswordReset, useResettable } from './state';
import styles from './unlock.module.css';

interface Props {
  readonly id: InstanceId;
  readonly onClose: () => void;
}

const empty: ResetDraft = { password: '', keep: false, reason: '' };

/** Sets a new password through the cloud, then reboots, each by a confirmation of its own. */
export function ResetDialog({ id, onClose }: Props): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const profile = useProfile(id);
  const view = useInstance(id);
  const reset = usePasswordReset(id);
  const resettable = useResettable(id);
  const [anew, setAnew] = useState(false);
  const [draft, setDraft] = useState(empty);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  useReturnFocus();

  const instance = profile?.name ?? '';
  const account = administratorOf(view);
  const locked = view?.accounts.find(
    (one) => one.name === account && one.authority === 'local' && one.status === 'locked',
  );
  const form = reset === undefined || anew;
  const allowed = isAllowedPassword(draft.password);
  const begin = async (): Promise<void> => {
    if (!allowed || sending) return;
    setSending(true);
    setError(null);
    const answer = await api.passwordReset.begin({
      id,
      password: draft.password,
      confirmed: true,
      keep: draft.keep,
      reason: draft.reason.trim(),
    });
    setSending(false);
    if (answer.ok) setAnew(false);
    else setError(answer.error);
  };
  const close = (): void => {
    const over = reset?.phase === 'done' || reset?.phase === 'refused';
    // What has come to its end is not shown again, and main lets go of the password.
    if (over) void api.passwordReset.forget({ id });
    onClose();
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_, data) => (data.open || sending ? undefined : close())}>
      <DialogSurface style={{ maxWidth: 'min(620px, 94vw)' }}>
        <DialogBody>
          <DialogTitle>{t('unlock.reset.title', { instance })}</DialogTitle>
          <DialogContent>
            <div className={styles.stack} style={{ padding: '2px 0' }}>
              {form && !resettable ? <p className={styles.paragraph}>{t('unlock.reset.none')}</p> : null}
              {form && resettable ? (
                <ResetForm
                  account={account}
                  locked={locked !== undefined}
                  signsIn={signsInAs(profile, account)}
                  draft={draft}
                  onChange={setDraft}
                />
              ) : null}
              {form ? null : (
                <ResetProgress
                  reset={reset}
                  instance={instance}
                  password={draft.password}
                  onForget={() => setDraft(empty)}
                />
              )}
              {!form && locked && reset.phase !== 'refused' ? (
                <>
                  <p className={styles.paragraph}>{t('unlock.reset.warn.unlock')}</p>
                  <div>
                    <Button onClick={() => openDialog({ kind: 'unlockAccount', id, accountKey: locked.key })}>
                      {t('unlock.reset.unlockNext')}
                    </Button>
                  </div>
                </>
              ) : null}
              {sending ? <Loading label={t('unlock.reset.setting')} /> : null}
              {error ? <Failure error={error} /> : null}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={close} disabledFocusable={sending}>
              {t(
                form ? 'common.cancel' : reset.phase === 'set' ? 'unlock.reset.reboot.later' : 'common.close',
              )}
            </Button>
            {form && resettable ? (
              <Button
                appearance="primary"
                disabledFocusable={!allowed || sending}
                onClick={() => void begin()}
              >
                {t('unlock.reset.confirm')}
              </Button>
            ) : null}
            {!form && mayStartAnew(reset) ? (
              <Button
                onClick={() => {
                  setDraft(empty);
                  setAnew(true);
                }}
              >
                {t('unlock.reset.again')}
              </Button>
            ) : null}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
