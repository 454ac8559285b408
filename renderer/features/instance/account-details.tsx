import type { ReactElement } from 'react';
import type { AccountView, Phrase } from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import pairs from '../../components/pairs.module.css';
import { useLanguage } from '../../i18n/language';
import { DomainAccount } from '../directory/domain-account';
import { AccountActions } from '../unlock/account-actions';
import styles from './instance.module.css';

export function Phrases({ phrases }: { readonly phrases: readonly Phrase[] }): ReactElement {
  const { say } = useLanguage();
  return (
    <ul className={styles.list}>
      {phrases.map((phrase) => (
        <li key={`${phrase.key}${JSON.stringify(phrase.params)}`}>{say(phrase)}</li>
      ))}
    </ul>
  );
}

/** Everything else that is known of one account. */
export function AccountDetails({
  instanceId,
  account,
}: {
  readonly instanceId: InstanceId;
  readonly account: AccountView;
}): ReactElement {
  const { t, fmt } = useLanguage();
  const { verdict, doubts } = account;
  const at = (ms: number | null): string | null => (ms === null ? null : fmt.full(ms));
  const facts = [
    ['counted', fmt.number(account.failuresCounted)],
    ['notCounted', fmt.number(account.failuresNotCounted)],
    ['lockedAt', at(account.lockedAtMs)],
    ['unlocksAt', at(account.autoUnlockAtMs)],
    ['resetsAt', at(account.countResetsAtMs)],
    [
      'pace',
      account.paceSeconds === null
        ? null
        : t('accounts.detail.pace.value', { duration: fmt.duration(account.paceSeconds) }),
    ],
    [
      'relock',
      account.relockSeconds === null
        ? null
        : t('accounts.detail.relock.value', { duration: fmt.duration(account.relockSeconds) }),
    ],
    ['domain', account.domain],
    ['sid', account.sid],
  ] as const;
  return (
    <div className={styles.details}>
      <div>
        <h3>{t('accounts.detail.reasons')}</h3>
        {verdict.reasons.length > 0 ? (
          <Phrases phrases={verdict.reasons} />
        ) : (
          <p className={styles.meaning}>{t('accounts.detail.noReasons')}</p>
        )}
        {doubts.length > 0 ? (
          <>
            <h3>{t('accounts.detail.doubts')}</h3>
            <Phrases phrases={doubts} />
          </>
        ) : null}
        <DomainAccount account={account} />
        <AccountActions id={instanceId} account={account} />
      </div>
      <dl className={pairs.pairs}>
        {facts.map(([key, value]) =>
          value === null ? null : (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{t(`accounts.detail.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </div>
  );
}
