import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { InstanceId } from '../../../shared/instance';
import { ok } from '../../../shared/result';
import { api } from '../../api';
import { Failure, Loading } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useLoaded } from '../../store/use-loaded';
import { useProfile } from '../../store/window-mirror';
import { CloudFailure } from '../isolation/cloud-failure';
import { useCloudAccounts } from '../isolation/state';
import styles from './cloud.module.css';
import { discoveryRows } from './discovery-model';
import { likelyInstance, linkedFields } from './link-model';
import { RegionChoice } from './region-choice';

interface Props {
  readonly id: InstanceId;
  readonly onClose: () => void;
}

/** Says which instance of which account and region a profile is, so that its exposure can be read. */
export function CloudLinkDialog({ id, onClose }: Props): ReactElement | null {
  const { t } = useLanguage();
  const profile = useProfile(id);
  const accounts = useCloudAccounts();
  const [accountId, setAccountId] = useState(profile?.cloud?.accountId ?? accounts[0]?.id ?? '');
  const [region, setRegion] = useState(profile?.cloud?.region ?? '');
  const [chosen, setChosen] = useState(profile?.cloud?.instanceId ?? '');
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const found = useLoaded(
    () =>
      region === '' || accountId === ''
        ? Promise.resolve(ok([]))
        : api.cloud.discover({ id: accountId, region }),
    `${accountId} ${region}`,
    `${accountId} ${region}`,
  );
  useReturnFocus();
  if (!profile) return null;
  const rows = discoveryRows(found.data ?? [], '').filter(
    (row) => row.suggestion.instance.system !== 'linux',
  );
  const likely = likelyInstance(rows, profile);
  const selected = rows.some((row) => row.id === chosen) ? chosen : (likely ?? '');
  const valid = selected !== '';
  const save = async (): Promise<void> => {
    if (!valid) return;
    setSaving(true);
    setError(null);
    const fields = linkedFields(profile, { region, instanceId: selected, accountId });
    const answer = await api.profiles.save({ id, fields, secrets: {}, copySecretsFrom: null });
    setSaving(false);
    if (answer.ok) onClose();
    else setError(answer.error);
  };
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : onClose())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('cloud.link.title', { name: profile.name })}</DialogTitle>
          <DialogContent>
            <div className={styles.stack}>
              <p className={styles.note}>{t('cloud.link.text', { host: profile.ssh.host })}</p>
              <RegionChoice
                accounts={accounts}
                accountId={accountId}
                region={region}
                onAccount={setAccountId}
                onRegion={setRegion}
              />
              {found.loading && region !== '' ? <Loading label={t('cloud.discover.listing')} /> : null}
              {found.error ? <CloudFailure error={found.error} onRetry={found.reload} /> : null}
              {found.data !== null && region !== '' && rows.length === 0 && !found.loading ? (
                <p className={styles.note}>{t('cloud.discover.empty.text', { region })}</p>
              ) : null}
              {rows.length > 0 ? (
                <RadioGroup
                  aria-label={t('cloud.link.instance')}
                  value={selected}
                  onChange={(_, data) => setChosen(data.value)}
                >
                  {rows.map(({ id: instanceId, name, suggestion }) => (
                    <Radio
                      key={instanceId}
                      value={instanceId}
                      label={
                        <span>
                          <span className={styles.strong}>{name}</span>{' '}
                          <span className={styles.minor}>
                            {[instanceId, suggestion.address ?? ''].filter(Boolean).join(' · ')}
                          </span>
                        </span>
                      }
                    />
                  ))}
                </RadioGroup>
              ) : null}
              {error ? <Failure error={error} /> : null}
            </div>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button appearance="primary" disabledFocusable={!valid || saving} onClick={() => void save()}>
              {t('cloud.link.save')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
