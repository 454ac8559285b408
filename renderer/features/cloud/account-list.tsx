import { Button } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { CloudAccount } from '../../../shared/isolation-contract';
import { api } from '../../api';
import page from '../../components/page.module.css';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { useUi } from '../../store/ui';
import { CloudFailure } from '../isolation/cloud-failure';
import styles from './cloud.module.css';
import { ConfirmDialog } from './confirm-dialog';

type Check = 'idle' | 'checking' | 'passed' | AppError;

/** One account: what it is, whether its secret is there, and a check that changes nothing. */
function Account({ account }: { readonly account: CloudAccount }): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const [check, setCheck] = useState<Check>('idle');
  const [deleting, setDeleting] = useState(false);
  const { id, name, origin, accessKeyIdShown, roleArn, hasSessionToken, regions, secretState } = account;
  const run = async (): Promise<void> => {
    setCheck('checking');
    const answer = await api.cloud.checkAccount({ id });
    setCheck(answer.ok ? 'passed' : answer.error);
  };
  return (
    <li className={styles.account}>
      <div className={styles.line}>
        <h3 className={styles.name}>{name}</h3>
        <span className={page.spring} />
        <Button size="small" disabledFocusable={check === 'checking'} onClick={() => void run()}>
          {t(check === 'checking' ? 'cloud.checking' : 'cloud.check')}
        </Button>
        <Button size="small" onClick={() => openDialog({ kind: 'cloudAccount', id })}>
          {t('cloud.edit')}
        </Button>
        <Button size="small" onClick={() => setDeleting(true)}>
          {t('cloud.delete')}
        </Button>
      </div>
      <dl className={styles.pairs}>
        <dt>{t('cloud.field.accessKeyId')}</dt>
        <dd>
          <code>{accessKeyIdShown}</code> {t(`cloud.origin.${origin}`)}
        </dd>
        <dt>{t('cloud.secret')}</dt>
        <dd className={secretState === 'missing' ? styles.warningText : undefined}>
          {t(`cloud.secret.${secretState}`)}{' '}
          {hasSessionToken && secretState !== 'missing' ? t('cloud.secret.token') : ''}
        </dd>
        {roleArn === null ? null : (
          <>
            <dt>{t('cloud.field.roleArn')}</dt>
            <dd>
              <code>{roleArn}</code>
            </dd>
          </>
        )}
        <dt>{t('cloud.field.regions')}</dt>
        <dd>{regions.length === 0 ? t('cloud.regions.none') : regions.join(', ')}</dd>
      </dl>
      <div role="status">{check === 'passed' ? t('cloud.check.passed') : ''}</div>
      {typeof check === 'object' ? <CloudFailure error={check} onRetry={() => void run()} /> : null}
      {deleting ? (
        <ConfirmDialog
          title={t('cloud.delete.title', { name })}
          text={t('cloud.delete.text')}
          action={t('cloud.delete')}
          onConfirm={() => {
            setDeleting(false);
            void report(t, api.cloud.deleteAccount({ id }));
          }}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </li>
  );
}

export const AccountList = ({ accounts }: { readonly accounts: readonly CloudAccount[] }): ReactElement => (
  <ul className={styles.accounts}>
    {accounts.map((account) => (
      <Account key={account.id} account={account} />
    ))}
  </ul>
);
