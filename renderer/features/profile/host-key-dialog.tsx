import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { ShieldError20Filled } from '@fluentui/react-icons/svg/shield-error';
import { type ReactElement, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { HostKey, HostKeyQuestion } from '../../../shared/instance';
import { api } from '../../api';
import { Failure } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { fingerprintCommands } from './host-key-command';
import styles from './profile.module.css';

interface KeyProps {
  readonly label: string;
  readonly value: HostKey;
  readonly emphasised?: boolean;
}

const Fingerprint = ({ label, value, emphasised = false }: KeyProps): ReactElement => (
  <div>
    <span className={styles.keyLabel}>{label}</span>
    <code className={`${styles.fingerprint} ${emphasised ? styles.newKey : ''}`}>{value.fingerprint}</code>
  </div>
);

const Commands = ({ of }: { readonly of: HostKey }): ReactElement => (
  <code className={`${styles.fingerprint} ${styles.commands}`}>
    {fingerprintCommands(of.algorithm, of.hop).join('\n')}
  </code>
);

function FirstContact({ question }: { readonly question: HostKeyQuestion }): ReactElement {
  const { t } = useLanguage();
  const { key, knownHosts } = question;
  return (
    <div className={styles.stack}>
      <p className={styles.paragraph}>
        {t('hostKey.first.text', { host: key.host, port: String(key.port) })}
      </p>
      <Fingerprint label={t('hostKey.fingerprint', { algorithm: key.algorithm })} value={key} />
      {knownHosts === 'matches' ? <p className={styles.paragraph}>{t('hostKey.first.knownHosts')}</p> : null}
      {knownHosts === 'differs' ? (
        <p className={styles.alarm}>
          <span className={styles.alarmIcon} aria-hidden="true">
            <ShieldError20Filled />
          </span>
          {t('hostKey.first.knownHosts.differs')}
        </p>
      ) : null}
      <div>
        <span className={styles.keyLabel}>
          {t(key.hop === 'instance' ? 'hostKey.first.where' : 'hostKey.first.where.jump')}
        </span>
        <Commands of={key} />
      </div>
    </div>
  );
}

interface ChangedProps {
  readonly question: HostKeyQuestion;
  readonly pinned: HostKey;
  readonly onConfirm: (confirmed: boolean) => void;
}

/** A changed key is only trusted after the admin says that it was compared and types the host's name. */
function Changed({ question, pinned, onConfirm }: ChangedProps): ReactElement {
  const { t } = useLanguage();
  const { key } = question;
  const [compared, setCompared] = useState(false);
  const [typed, setTyped] = useState('');
  const update = (nextCompared: boolean, nextTyped: string): void => {
    setCompared(nextCompared);
    setTyped(nextTyped);
    onConfirm(nextCompared && nextTyped.trim().toLowerCase() === key.host.toLowerCase());
  };
  return (
    <div className={styles.stack}>
      <p className={`${styles.paragraph} ${styles.alarm}`}>
        <span className={styles.alarmIcon} aria-hidden="true">
          <ShieldError20Filled />
        </span>
        {t('hostKey.changed.stop', { host: key.host, port: String(key.port) })}
      </p>
      <p className={styles.paragraph}>{t('hostKey.changed.text')}</p>
      <div className={styles.keys}>
        <Fingerprint label={t('hostKey.changed.old', { algorithm: pinned.algorithm })} value={pinned} />
        <Fingerprint label={t('hostKey.changed.new', { algorithm: key.algorithm })} value={key} emphasised />
      </div>
      <p className={styles.paragraph}>
        {t(key.hop === 'instance' ? 'hostKey.changed.what' : 'hostKey.changed.what.jump')}
      </p>
      <Commands of={key} />
      {question.knownHosts === 'matches' ? (
        <p className={styles.paragraph}>{t('hostKey.changed.knownHosts')}</p>
      ) : null}
      <Checkbox
        label={t('hostKey.changed.confirm')}
        checked={compared}
        onChange={(_, data) => update(data.checked === true, typed)}
      />
      {compared ? (
        <Field label={t('hostKey.changed.type', { host: key.host })}>
          <Input
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(_, data) => update(true, data.value)}
          />
        </Field>
      ) : null}
    </div>
  );
}

interface Props {
  readonly question: HostKeyQuestion;
  readonly checkId: string | null;
  readonly onClose: () => void;
}

/** Asks about a host key: seen for the first time, or not the one that was trusted. */
export function HostKeyDialog({ question, checkId, onClose }: Props): ReactElement {
  const { t } = useLanguage();
  const { key, pinned, instanceId } = question;
  const changed = pinned !== null;
  useReturnFocus();
  const [confirmed, setConfirmed] = useState(!changed);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const decide = async (decision: 'pin' | 'reject'): Promise<void> => {
    setBusy(true);
    const { hop, fingerprint } = key;
    const answer = await api.hostKeys.decide({ id: instanceId, checkId, hop, fingerprint, decision });
    setBusy(false);
    if (answer.ok) onClose();
    else setError(answer.error);
  };
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t(changed ? 'hostKey.changed.title' : 'hostKey.first.title')}</DialogTitle>
          <DialogContent>
            {pinned === null ? (
              <FirstContact question={question} />
            ) : (
              <Changed question={question} pinned={pinned} onConfirm={setConfirmed} />
            )}
            {error === null ? null : <Failure error={error} />}
          </DialogContent>
          <DialogActions>
            <Button
              appearance={changed ? 'primary' : 'secondary'}
              disabled={busy}
              onClick={() => void decide('reject')}
            >
              {t(changed ? 'hostKey.changed.keep' : 'hostKey.reject')}
            </Button>
            <Button
              appearance={changed ? 'secondary' : 'primary'}
              disabled={busy || !confirmed}
              onClick={() => void decide('pin')}
            >
              {t(
                changed
                  ? 'hostKey.changed.accept'
                  : question.knownHosts === 'matches'
                    ? 'hostKey.first.accept.known'
                    : 'hostKey.first.accept',
              )}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
