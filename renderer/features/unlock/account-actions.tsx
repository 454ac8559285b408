import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { AccountView } from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import { useLanguage } from '../../i18n/language';
import { type DialogState, useUi } from '../../store/ui';
import { useProfile } from '../../store/window-mirror';
import { useDecidingDirectory } from '../directory/domain-account';
import { usePasswordReset, useResettable } from './state';
import styles from './unlock.module.css';

interface Props {
  readonly id: InstanceId;
  readonly account: AccountView;
}

/** The dialog that unlocks it: at the directory that decides about it, if that is connected; else over SSH. */
function useUnlockDialog({ id, account }: Props): DialogState {
  const deciding = useDecidingDirectory(account);
  return deciding?.connected && deciding.accountKey !== null
    ? { kind: 'directoryUnlock', id: deciding.id, accountKey: deciding.accountKey }
    : { kind: 'unlockAccount', id, accountKey: account.key };
}

/** Opens the unlock of an account that is locked. */
export function UnlockButton({ id, account }: Props): ReactElement | null {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const dialog = useUnlockDialog({ id, account });
  if (account.status !== 'locked') return null;
  return (
    <Button
      size="small"
      className={styles.inRow}
      aria-label={t('unlock.open.label', { name: account.name })}
      onClick={() => openDialog(dialog)}
    >
      {t('unlock.open')}
    </Button>
  );
}

/** What can be done for one account: unlock it, or give the built-in administrator a new password. */
export function AccountActions({ id, account }: Props): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const dialog = useUnlockDialog({ id, account });
  const resettable = useResettable(id) && account.builtinAdministrator && account.authority === 'local';
  return (
    <div className={styles.buttons}>
      {account.status === 'clear' ? null : (
        <Button size="small" onClick={() => openDialog(dialog)}>
          {t('unlock.open')}
        </Button>
      )}
      {resettable ? (
        <Button size="small" onClick={() => openDialog({ kind: 'resetPassword', id })}>
          {t('unlock.reset.open')}
        </Button>
      ) : null}
    </div>
  );
}

/** A new password that waits for its reboot, or a reboot that is under way: seen wherever the instance is. */
export function PendingReset({ id }: { readonly id: InstanceId }): ReactElement | null {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const name = useProfile(id)?.name ?? '';
  const reset = usePasswordReset(id);
  if (!reset || reset.phase === 'refused') return null;
  const { account, phase } = reset;
  return (
    <div className={styles.pending} role="status">
      <span>{t(`unlock.reset.pending.${phase}`, { account, instance: name })}</span>
      <Button size="small" onClick={() => openDialog({ kind: 'resetPassword', id })}>
        {t('unlock.reset.pending.open')}
      </Button>
    </div>
  );
}
