import { Button, Checkbox, Field, Input } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { CloudAccount, DiscoverySuggestion } from '../../../shared/isolation-contract';
import { api } from '../../api';
import { Empty, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { CloudFailure } from '../isolation/cloud-failure';
import styles from './cloud.module.css';
import { discoveryRows } from './discovery-model';
import { DiscoveryTable } from './discovery-table';
import { RegionChoice } from './region-choice';

/** Lists a region's instances and makes or links profiles for the chosen ones. */
export function DiscoveryPanel({ accounts }: { readonly accounts: readonly CloudAccount[] }): ReactElement {
  const { t } = useLanguage();
  const toast = useUi((state) => state.toast);
  const [wantedAccount, setAccount] = useState('');
  const [region, setRegion] = useState('');
  const [found, setFound] = useState<readonly DiscoverySuggestion[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState<'no' | 'listing' | 'adopting'>('no');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [sshUser, setSshUser] = useState('Administrator');
  const [search, setSearch] = useState('');
  const accountId = accounts.some((one) => one.id === wantedAccount)
    ? wantedAccount
    : (accounts[0]?.id ?? '');
  const forget = (): void => {
    setFound(null);
    setChosen(new Set());
    setError(null);
  };
  const list = async (): Promise<void> => {
    setBusy('listing');
    setError(null);
    const answer = await api.cloud.discover({ id: accountId, region });
    setBusy('no');
    if (answer.ok) {
      setFound(answer.value);
      setChosen(new Set());
    } else setError(answer.error);
  };
  const adopt = async (): Promise<void> => {
    setBusy('adopting');
    setError(null);
    const instanceIds = [...chosen];
    const answer = await api.cloud.adopt({
      id: accountId,
      region,
      instanceIds,
      sshUser: sshUser.trim(),
    });
    setBusy('no');
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    toast({ text: t('cloud.discover.adopted', answer.value), intent: 'success', undo: null });
    await list();
  };
  const rows = discoveryRows(found ?? [], search);
  const selectable = rows.filter((row) => row.selectable).map((row) => row.id);
  const all = selectable.length > 0 && selectable.every((id) => chosen.has(id));
  const set = (ids: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  return (
    <Panel title={t('cloud.discover.title')}>
      <div className={styles.stack}>
        <p className={styles.note}>{t('cloud.discover.text')}</p>
        <RegionChoice
          accounts={accounts}
          accountId={accountId}
          region={region}
          onAccount={(id) => {
            setAccount(id);
            setRegion('');
            forget();
          }}
          onRegion={(next) => {
            setRegion(next);
            forget();
          }}
        />
        <div>
          <Button
            appearance={found === null ? 'primary' : 'secondary'}
            disabledFocusable={region === '' || busy !== 'no'}
            onClick={() => (region === '' ? undefined : void list())}
          >
            {t(busy === 'listing' ? 'cloud.discover.listing' : 'cloud.discover.list')}
          </Button>
        </div>
        {error ? <CloudFailure error={error} onRetry={() => void list()} /> : null}
        {found !== null && found.length === 0 ? (
          <Empty title={t('cloud.discover.empty.title')} text={t('cloud.discover.empty.text', { region })} />
        ) : null}
        {found !== null && found.length > 0 ? (
          <>
            <div className={styles.line}>
              <Input
                type="search"
                aria-label={t('cloud.discover.search')}
                placeholder={t('cloud.discover.search')}
                value={search}
                onChange={(_, data) => setSearch(data.value)}
              />
              <Checkbox
                label={t('cloud.discover.all', { count: selectable.length })}
                disabled={selectable.length === 0}
                checked={all}
                onChange={(_, data) => set(selectable, data.checked === true)}
              />
            </div>
            {rows.length === 0 ? (
              <p className={styles.note}>{t('cloud.discover.noMatch')}</p>
            ) : (
              <DiscoveryTable rows={rows} chosen={chosen} onChoose={(id, on) => set([id], on)} />
            )}
            <div className={styles.adopt}>
              <Field label={t('cloud.discover.sshUser')} hint={t('cloud.discover.sshUser.hint')}>
                <Input value={sshUser} maxLength={256} onChange={(_, data) => setSshUser(data.value)} />
              </Field>
              <Button
                appearance="primary"
                disabledFocusable={chosen.size === 0 || sshUser.trim() === '' || busy !== 'no'}
                onClick={() => (chosen.size === 0 || sshUser.trim() === '' ? undefined : void adopt())}
              >
                {t(busy === 'adopting' ? 'cloud.discover.adopting' : 'cloud.discover.adopt', {
                  count: chosen.size,
                })}
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </Panel>
  );
}
