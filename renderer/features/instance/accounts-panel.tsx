import { Button } from '@fluentui/react-components';
import { Fragment, type ReactElement, useState } from 'react';
import type { InstanceView } from '../../../shared/account-status';
import table from '../../components/data-table.module.css';
import { Empty, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { byUrgency } from '../../status/account-order';
import type { ShownStatus } from '../../status/shown-status';
import { PendingReset } from '../unlock/account-actions';
import { AccountDetails } from './account-details';
import { accountOfStatus, hasFailed } from './account-model';
import { AccountRow } from './account-row';
import styles from './instance.module.css';

const columns = ['status', 'name', 'count', 'next', 'last', 'verdict'] as const;

interface Props {
  readonly view: InstanceView;
  readonly shown: ShownStatus;
  /** The account that a notification or the tray led to. */
  readonly openKey: string | null;
}

/** The accounts, those with failures first; the others on demand. */
export function AccountsPanel({ view, shown, openKey }: Props): ReactElement {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<string | null>(openKey);
  const accounts = view.accounts.map((account) => accountOfStatus(account, shown)).sort(byUrgency);
  const failing = accounts.filter((account) => hasFailed(account) || account.key === openKey);
  const rows = all ? accounts : failing;
  const others = accounts.length - failing.length;
  const toggle =
    others > 0 ? (
      <Button size="small" appearance="subtle" onClick={() => setAll(!all)}>
        {all ? t('accounts.showFailing') : t('accounts.showAll', { count: others })}
      </Button>
    ) : null;

  return (
    <Panel title={t('accounts.title')} actions={toggle} flush>
      <PendingReset id={view.id} />
      {accounts.length === 0 ? (
        <Empty title={t('accounts.empty.title')} text={t('accounts.empty.text')} />
      ) : rows.length === 0 ? (
        <p className={styles.below}>{t('accounts.noneFailing', { count: accounts.length })}</p>
      ) : (
        <div className={table.scroller}>
          <table className={table.table} aria-label={t('accounts.title')}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`accounts.column.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('accounts.column.details')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((account) => (
                <Fragment key={account.key}>
                  <AccountRow
                    instanceId={view.id}
                    account={account}
                    open={open === account.key}
                    selected={account.key === openKey}
                    onToggle={() => setOpen(open === account.key ? null : account.key)}
                  />
                  {open === account.key ? (
                    <tr id={`account-${account.key}`}>
                      <td colSpan={columns.length + 1}>
                        <AccountDetails instanceId={view.id} account={account} />
                      </td>
                    </tr>
                  ) : null}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
