import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right';
import { type ReactElement, useEffect, useRef } from 'react';
import type { AccountView } from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import { CountBar } from '../../components/count-bar';
import table from '../../components/data-table.module.css';
import { StatusBadge } from '../../components/status-badge';
import { Age, Countdown, NextEventText } from '../../components/time';
import { VerdictText, verdictCertainty } from '../../components/verdict-text';
import { useLanguage } from '../../i18n/language';
import { nextAccountEvent } from '../../status/next-event';
import { UnlockButton } from '../unlock/account-actions';
import { hasFailed, sourceName } from './account-model';
import styles from './instance.module.css';

function Traits({ account }: { readonly account: AccountView }): ReactElement | null {
  const { t } = useLanguage();
  const traits = [
    account.builtinAdministrator ? t('accounts.builtin') : '',
    account.disabled ? t('accounts.disabled') : '',
    account.authority === 'elsewhere' ? t('accounts.domain') : '',
    account.authority === 'unknown' ? t('accounts.authorityUnknown') : '',
  ].filter(Boolean);
  return traits.length > 0 ? <div className={table.minor}>{traits.join(', ')}</div> : null;
}

function Next({ account }: { readonly account: AccountView }): ReactElement | null {
  const { t, fmt, say } = useLanguage();
  if (account.status === 'unknown') {
    return account.reason ? <div className={table.minor}>{say(account.reason)}</div> : null;
  }
  const event = nextAccountEvent(account);
  if (!event) return null;
  const { remaining, countResetsAtMs } = account;
  return (
    <>
      <div className={`${table.nowrap} ${table.strong}`}>
        <NextEventText event={event} />
      </div>
      {event.kind === 'unlocks' ? (
        <div className={table.minor}>{t('accounts.unlocksAt', { time: fmt.time(event.atMs) })}</div>
      ) : null}
      {event.kind === 'untilAdmin' && account.lockedAtMs !== null ? (
        <div className={table.minor}>{t('accounts.lockedSince', { time: fmt.full(account.lockedAtMs) })}</div>
      ) : null}
      {account.status === 'counting' ? (
        <div className={table.minor}>
          {remaining === null ? null : t('accounts.remaining', { count: remaining })}
          {event.kind === 'locks' && countResetsAtMs !== null ? (
            <>
              {remaining === null ? '' : ', '}
              {t('accounts.resetsIn', { time: '' }).trim()} <Countdown toMs={countResetsAtMs} />
            </>
          ) : null}
        </div>
      ) : null}
    </>
  );
}

interface Props {
  readonly instanceId: InstanceId;
  readonly account: AccountView;
  readonly open: boolean;
  /** The account that a notification or the tray led to: it is brought into sight. */
  readonly selected: boolean;
  readonly onToggle: () => void;
}

export function AccountRow({ instanceId, account, open, selected, onToggle }: Props): ReactElement {
  const { t } = useLanguage();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const { lastFailureAtMs, lastSource, verdict } = account;
  const source = sourceName(lastSource);
  return (
    <tr ref={row} className={selected ? styles.selected : undefined} data-account={account.name}>
      <td>
        <StatusBadge status={account.status} />
      </td>
      <td>
        <div className={styles.accountName}>{account.name}</div>
        <Traits account={account} />
      </td>
      <td>
        <CountBar account={account} />
      </td>
      <td>
        <Next account={account} />
        <UnlockButton id={instanceId} account={account} />
      </td>
      <td>
        {lastFailureAtMs === null ? null : <Age ms={lastFailureAtMs} />}
        {source === null ? null : (
          <div className={table.minor}>
            {t('accounts.from', { source })}
            {lastSource?.inferred ? ` (${t('common.inferred')})` : ''}
          </div>
        )}
      </td>
      <td>
        {hasFailed(account) ? (
          <>
            <VerdictText verdict={verdict} />
            <div className={table.minor}>{verdictCertainty(verdict, t)}</div>
          </>
        ) : null}
      </td>
      <td>
        <button
          type="button"
          className={styles.expander}
          aria-expanded={open}
          aria-label={t('accounts.details', { name: account.name })}
          onClick={onToggle}
        >
          {open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
        </button>
      </td>
    </tr>
  );
}
