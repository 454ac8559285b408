import { Field, Select } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { CloudAccount } from '../../../shared/isolation-contract';
import { api } from '../../api';
import { useLanguage } from '../../i18n/language';
import { useLoaded } from '../../store/use-loaded';
import { CloudFailure } from '../isolation/cloud-failure';
import styles from './cloud.module.css';

interface Props {
  readonly accounts: readonly CloudAccount[];
  readonly accountId: string;
  readonly region: string;
  readonly onAccount: (id: string) => void;
  readonly onRegion: (region: string) => void;
}

/** An account and one of its regions; the account's own regions come first. */
export function RegionChoice({ accounts, accountId, region, onAccount, onRegion }: Props): ReactElement {
  const { t } = useLanguage();
  const account = accounts.find((one) => one.id === accountId);
  const { data, error, reload } = useLoaded(() => api.cloud.regions({ id: accountId }), accountId, accountId);
  const own = account?.regions ?? [];
  const others = (data ?? []).filter((one) => !own.includes(one.id));
  const nameOf = (id: string): string => {
    const name = data?.find((one) => one.id === id)?.name;
    return name ? `${id} (${name})` : id;
  };
  return (
    <>
      <div className={styles.two}>
        <Field label={t('cloud.account')}>
          <Select value={accountId} onChange={(_, change) => onAccount(change.value)}>
            {accounts.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('cloud.region')}>
          <Select value={region} onChange={(_, change) => onRegion(change.value)}>
            <option value="">{t('cloud.region.choose')}</option>
            {[...own, ...others.map((one) => one.id)].map((id) => (
              <option key={id} value={id}>
                {nameOf(id)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {error ? <CloudFailure error={error} onRetry={reload} /> : null}
    </>
  );
}
