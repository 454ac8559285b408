import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import type { ReactElement } from 'react';
import type { DirectoryId } from '../../../shared/directory';
import { api } from '../../api';
import { Failure, Loading } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useLoaded } from '../../store/use-loaded';
import { Phrases } from '../instance/account-details';
import { ControllerTableView } from './controller-table';
import styles from './directory.module.css';
import { isOld } from './directory-model';
import { useAccountName } from './state';
import { useFreshness } from './use-freshness';

interface Props {
  readonly id: DirectoryId;
  readonly accountKey: string;
  readonly onClose: () => void;
}

/** One account at every controller of its domain, asked when this is opened and whenever the admin wants. */
export function ControllerTableDialog({ id, accountKey, onClose }: Props): ReactElement {
  const { t, fmt } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const subject = `${id} ${accountKey}`;
  const { data, error, loading, reload } = useLoaded(
    () => api.directory.table({ id, accountKey }),
    subject,
    subject,
  );
  const known = useAccountName(id, accountKey);
  const fresh = useFreshness();
  useReturnFocus();
  const name = data?.account.name ?? known;
  const old = data !== null && isOld(data.madeAtMs, fresh);
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : onClose())}>
      <DialogSurface style={{ maxWidth: 'min(1180px, 96vw)' }}>
        <DialogBody>
          <DialogTitle>{t('directories.table.title', { name })}</DialogTitle>
          <DialogContent>
            <div className={styles.stack}>
              {error ? <Failure error={error} onRetry={reload} /> : null}
              {data === null && loading ? <Loading label={t('directories.table.reading')} /> : null}
              {data ? (
                <>
                  <ControllerTableView answer={data} fresh={fresh} busy={loading} />
                  {data.notes.length > 0 ? <Phrases phrases={data.notes} /> : null}
                  <p className={styles.text} role="status">
                    {loading
                      ? t('directories.table.reading')
                      : t('directories.table.made', { age: fmt.age(data.madeAtMs, fresh.nowMs) })}{' '}
                    {old && !loading ? (
                      <span className={styles.warningText}>{t('directories.table.old')}</span>
                    ) : null}
                    {data.policy
                      ? ` ${t('directories.table.policy', { name: data.policy.sourceName })}.`
                      : ''}
                  </p>
                </>
              ) : null}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.close')}</Button>
            {data && (data.account.status === 'locked' || data.account.status === 'unknown') ? (
              <Button onClick={() => openDialog({ kind: 'directoryUnlock', id, accountKey })}>
                {t('directories.accounts.unlock')}
              </Button>
            ) : null}
            <Button
              appearance="primary"
              icon={<ArrowSync20Regular />}
              disabledFocusable={loading}
              onClick={() => (loading ? undefined : reload())}
            >
              {t('directories.table.refresh')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
