import { Button } from '@fluentui/react-components';
import { Fragment, type ReactElement, useEffect, useMemo, useRef } from 'react';
import {
  type DirectoryAccount,
  type DirectoryProfile,
  type DirectoryView,
  knownDomain,
} from '../../../shared/directory';
import { CountBar } from '../../components/count-bar';
import table from '../../components/data-table.module.css';
import { StatusBadge } from '../../components/status-badge';
import { Age, NextEventText } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import type { ShownStatus } from '../../status/shown-status';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import styles from './directory.module.css';
import { nextOf, seenAt, shownAccount } from './directory-model';
import { useFreshness } from './use-freshness';

/** Other names that it goes by, and what it is. */
function Traits({ account }: { readonly account: DirectoryAccount }): ReactElement {
  const { t } = useLanguage();
  const names = [account.displayName, account.userPrincipalName].filter(
    (name): name is string => name !== null && name !== account.name,
  );
  const traits = [
    ...names,
    account.builtinAdministrator ? t('directories.accounts.builtin') : '',
    account.disabled ? t('directories.accounts.disabled') : '',
  ].filter(Boolean);
  return <span className={table.minor}>{traits.join(', ')}</span>;
}

function Lock({
  account,
  shown,
}: {
  readonly account: DirectoryAccount;
  readonly shown: ShownStatus;
}): ReactElement | null {
  const { t, fmt, say } = useLanguage();
  if (shown.status === 'unknown') {
    return shown.reason ? <span className={table.minor}>{say(shown.reason)}</span> : null;
  }
  const event = nextOf(account, shown);
  const { lockedAtMs } = account;
  return (
    <>
      {event ? (
        <div className={`${table.nowrap} ${table.strong}`}>
          <NextEventText event={event} />
        </div>
      ) : null}
      {event?.kind === 'unlocks' ? (
        <div className={table.minor}>{t('directories.accounts.opensAt', { time: fmt.time(event.atMs) })}</div>
      ) : null}
      {shown.status === 'locked' && lockedAtMs !== null ? (
        <div className={table.minor}>
          {t('directories.accounts.lockedSince', { time: fmt.full(lockedAtMs) })}
        </div>
      ) : null}
    </>
  );
}

function Seen({
  account,
  profile,
  view,
}: {
  readonly account: DirectoryAccount;
  readonly profile: DirectoryProfile;
  readonly view: DirectoryView;
}): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const fleet = useMirror((state) => state.fleet);
  const profiles = useMirror((state) => state.profiles);
  const { netbiosName, domainSid } = view;
  const { domain } = profile;
  const places = useMemo(
    () => seenAt(account, knownDomain({ domain }, { netbiosName, domainSid }), fleet, profiles),
    [account, domain, netbiosName, domainSid, fleet, profiles],
  );
  if (places.length === 0)
    return <span className={table.minor}>{t('directories.accounts.seenNowhere')}</span>;
  return (
    <>
      {places.map(({ id, name, accountKey }, index) => (
        <Fragment key={id}>
          {index > 0 ? ', ' : ''}
          <button
            type="button"
            className={styles.link}
            onClick={() => go({ page: 'instance', instanceId: id, accountKey })}
          >
            {name}
          </button>
        </Fragment>
      ))}
    </>
  );
}

interface Props {
  readonly profile: DirectoryProfile;
  readonly view: DirectoryView;
  readonly account: DirectoryAccount;
  /** The account that a notification or another page led to: it is brought into sight. */
  readonly selected: boolean;
}

/** One account of the domain as its PDC emulator judges it. */
export function AccountRow({ profile, view, account, selected }: Props): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const shown = shownAccount(account, view, useFreshness());
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const { key, name, lastBadPasswordAtMs, policyName } = account;
  const { id } = profile;
  const countCertainty = shown.status === 'unknown' ? 'uncertain' : 'exact';
  return (
    <tr
      ref={row}
      className={selected ? styles.selected : undefined}
      data-account={name}
      data-status={shown.status}
    >
      <td>
        <StatusBadge status={shown.status} />
      </td>
      <th scope="row">
        <span className={styles.rowName}>{name}</span>
        <Traits account={account} />
      </th>
      <td>
        <CountBar account={{ ...account, countCertainty }} />
      </td>
      <td>
        <Lock account={account} shown={shown} />
      </td>
      <td className={table.nowrap}>
        {lastBadPasswordAtMs === null ? (
          <span className={table.minor}>{t('common.never')}</span>
        ) : (
          <Age ms={lastBadPasswordAtMs} />
        )}
      </td>
      <td>{policyName ?? <span className={table.minor}>{t('directories.notKnown')}</span>}</td>
      <td>
        <Seen account={account} profile={profile} view={view} />
      </td>
      <td>
        <div className={styles.buttons}>
          <Button
            size="small"
            aria-label={t('directories.accounts.table.label', { name })}
            onClick={() => openDialog({ kind: 'controllerTable', id, accountKey: key })}
          >
            {t('directories.accounts.table')}
          </Button>
          {shown.status === 'clear' || shown.status === 'counting' ? null : (
            <Button
              size="small"
              aria-label={t('directories.accounts.unlock.label', { name })}
              onClick={() => openDialog({ kind: 'directoryUnlock', id, accountKey: key })}
            >
              {t('directories.accounts.unlock')}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}
