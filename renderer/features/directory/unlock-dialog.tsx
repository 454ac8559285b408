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
import type { DirectoryId, UnlockOutcome, UnlockPreview } from '../../../shared/directory';
import pairs from '../../components/pairs.module.css';
import { Failure, Loading } from '../../components/panel';
import { StatusBadge } from '../../components/status-badge';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { Phrases } from '../instance/account-details';
import { Box } from '../unlock/box';
import styles from './directory.module.css';
import { useAccountName, useDirectoryProfile } from './state';
import { type DirectoryUnlock, useDirectoryUnlock } from './use-directory-unlock';

function Plan({ preview }: { readonly preview: UnlockPreview }): ReactElement {
  const { t, fmt } = useLanguage();
  const { account, pdcHost, directoryId } = preview;
  const domain = useDirectoryProfile(directoryId)?.domain ?? '';
  return (
    <>
      <dl className={`${pairs.pairs} ${pairs.roomy}`}>
        <dt>{t('directories.unlock.account')}</dt>
        <dd>
          <strong>{account.name}</strong>
          <br />
          {account.distinguishedName}
        </dd>
        <dt>{t('directories.unlock.controller')}</dt>
        <dd>{t('directories.unlock.controller.value', { host: pdcHost, domain })}</dd>
        <dt>{t('directories.unlock.state')}</dt>
        <dd className={styles.line}>
          <StatusBadge status={account.status} />
          {account.lockedAtMs === null
            ? ''
            : t('directories.accounts.lockedSince', { time: fmt.full(account.lockedAtMs) })}
        </dd>
      </dl>
      {preview.obstacles.length > 0 ? (
        <Box tone="warning" title={t('directories.unlock.notPossible')} alert>
          <Phrases phrases={preview.obstacles} />
        </Box>
      ) : (
        <Box title={t('directories.unlock.consequences')}>
          <Phrases phrases={preview.consequences} />
        </Box>
      )}
    </>
  );
}

function Outcome({
  outcome,
  name,
}: {
  readonly outcome: UnlockOutcome;
  readonly name: string;
}): ReactElement {
  const { t } = useLanguage();
  const { verified, notes } = outcome;
  return (
    <Box tone={verified ? 'success' : 'warning'} alert>
      <p className={styles.text}>
        {t(verified ? 'directories.unlock.verified' : 'directories.unlock.unverified', { name })}
      </p>
      {notes.length > 0 ? <Phrases phrases={notes} /> : null}
    </Box>
  );
}

/** Whether it makes sense to look anew: nothing was done, or what was done is not proven. */
const canLookAgain = ({ preview, error, running, outcome }: DirectoryUnlock): boolean =>
  !running &&
  (outcome ? !outcome.verified : error !== null || (preview !== null && preview.previewId === null));

interface Props {
  readonly id: DirectoryId;
  readonly accountKey: string;
  readonly onClose: () => void;
}

/** Reads the account where it is decided, shows what an unlock does, asks, does it once and says what it came to. */
export function DirectoryUnlockDialog({ id, accountKey, onClose }: Props): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const flow = useDirectoryUnlock(id, accountKey);
  const { preview, error, running, outcome, look, apply } = flow;
  const known = useAccountName(id, accountKey);
  useReturnFocus();
  const name = flow.name ?? known;
  const ready = preview !== null && preview.previewId !== null && !running;
  return (
    <Dialog open onOpenChange={(_, data) => (data.open || running ? undefined : onClose())}>
      <DialogSurface style={{ maxWidth: 'min(620px, 94vw)' }}>
        <DialogBody>
          <DialogTitle>{t('directories.unlock.title', { name })}</DialogTitle>
          <DialogContent>
            <div className={styles.stack}>
              {outcome ? <Outcome outcome={outcome} name={name} /> : null}
              {error ? <Failure error={error} /> : null}
              {preview ? <Plan preview={preview} /> : null}
              {!preview && !error && !outcome ? (
                <Loading label={t('directories.unlock.looking', { name })} />
              ) : null}
              {running ? <Loading label={t('directories.unlock.running', { name })} /> : null}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose} disabledFocusable={running}>
              {t(ready ? 'common.cancel' : 'common.close')}
            </Button>
            {outcome || error || preview?.previewId === null ? (
              <Button onClick={() => openDialog({ kind: 'controllerTable', id, accountKey })}>
                {t('directories.unlock.toTable')}
              </Button>
            ) : null}
            {canLookAgain(flow) ? (
              <Button appearance="primary" onClick={look}>
                {t('directories.unlock.lookAgain')}
              </Button>
            ) : null}
            {preview?.previewId ? (
              <Button appearance="primary" disabledFocusable={running} onClick={apply}>
                {t('directories.unlock.confirm', { name })}
              </Button>
            ) : null}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
