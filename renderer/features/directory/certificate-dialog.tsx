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
import { type ReactElement, type ReactNode, useState } from 'react';
import type { Certificate, CertificateQuestion } from '../../../shared/directory';
import type { AppError } from '../../../shared/errors';
import { api } from '../../api';
import { Failure } from '../../components/panel';
import { useReturnFocus } from '../../components/use-return-focus';
import { useLanguage } from '../../i18n/language';
import { useSteppedNow } from '../../store/ticker';
import profile from '../profile/profile.module.css';
import { FINGERPRINT_COMMAND, isNamed, validity } from './certificate-model';
import styles from './directory.module.css';

interface FingerprintProps {
  readonly label: string;
  readonly value: string;
  readonly emphasised?: boolean;
}

const Fingerprint = ({ label, value, emphasised = false }: FingerprintProps): ReactElement => (
  <div>
    <span className={profile.keyLabel}>{label}</span>
    <code className={`${profile.fingerprint} ${emphasised ? profile.newKey : ''}`}>{value}</code>
  </div>
);

const Alarm = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <p className={`${profile.paragraph} ${profile.alarm}`}>
    <span className={profile.alarmIcon} aria-hidden="true">
      <ShieldError20Filled />
    </span>
    {children}
  </p>
);

/** What a certificate says of itself. */
function Facts({ certificate }: { readonly certificate: Certificate }): ReactElement {
  const { t, fmt } = useLanguage();
  const nowMs = useSteppedNow(60_000);
  const { host, subject, issuer, names, validFromMs, validToMs } = certificate;
  const valid = validity(certificate, nowMs);
  const at = (ms: number | null): string => (ms === null ? t('certificate.valid.unknown') : fmt.dateTime(ms));
  return (
    <dl className={styles.pairs}>
      <dt>{t('certificate.subject')}</dt>
      <dd>{subject}</dd>
      <dt>{t('certificate.issuer')}</dt>
      <dd>{issuer}</dd>
      <dt>{t('certificate.names')}</dt>
      <dd>
        {names.length === 0 ? t('certificate.names.none') : names.join(', ')}
        {isNamed(host, names) ? null : (
          <div className={styles.warningText}>{t('certificate.notItsName', { host })}</div>
        )}
      </dd>
      <dt>{t('certificate.valid')}</dt>
      <dd>
        {t('certificate.valid.value', { from: at(validFromMs), to: at(validToMs) })}
        {valid === 'expired' || valid === 'notYet' ? (
          <div className={styles.warningText}>{t(`certificate.valid.${valid}`)}</div>
        ) : null}
      </dd>
    </dl>
  );
}

const Command = (): ReactElement => {
  const { t } = useLanguage();
  return (
    <div>
      <span className={profile.keyLabel}>{t('certificate.where')}</span>
      <code className={`${profile.fingerprint} ${profile.commands}`}>{FINGERPRINT_COMMAND}</code>
    </div>
  );
};

function FirstContact({ question }: { readonly question: CertificateQuestion }): ReactElement {
  const { t } = useLanguage();
  const { certificate, systemSays } = question;
  const { host, port } = certificate;
  return (
    <div className={profile.stack}>
      <p className={profile.paragraph}>{t('certificate.first.text', { host, port: String(port) })}</p>
      <Fingerprint label={t('certificate.fingerprint')} value={certificate.fingerprint} />
      <Facts certificate={certificate} />
      {systemSays === null ? null : (
        <p className={profile.paragraph}>{t('certificate.systemSays', { reason: systemSays })}</p>
      )}
      <Command />
    </div>
  );
}

interface ChangedProps {
  readonly certificate: Certificate;
  readonly pinned: Certificate;
  readonly onConfirm: (confirmed: boolean) => void;
}

/** A changed certificate is only accepted after the admin says that it was compared and types the controller's name. */
function Changed({ certificate, pinned, onConfirm }: ChangedProps): ReactElement {
  const { t } = useLanguage();
  const { host, port } = certificate;
  const [compared, setCompared] = useState(false);
  const [typed, setTyped] = useState('');
  const update = (nextCompared: boolean, nextTyped: string): void => {
    setCompared(nextCompared);
    setTyped(nextTyped);
    onConfirm(nextCompared && nextTyped.trim().toLowerCase() === host.toLowerCase());
  };
  return (
    <div className={profile.stack}>
      <Alarm>{t('certificate.changed.stop', { host, port: String(port) })}</Alarm>
      <p className={profile.paragraph}>{t('certificate.changed.text')}</p>
      <div className={profile.keys}>
        <Fingerprint label={t('certificate.changed.old')} value={pinned.fingerprint} />
        <Fingerprint label={t('certificate.changed.new')} value={certificate.fingerprint} emphasised />
      </div>
      <Facts certificate={certificate} />
      <Command />
      <Checkbox
        label={t('certificate.changed.confirm')}
        checked={compared}
        onChange={(_, data) => update(data.checked === true, typed)}
      />
      {compared ? (
        <Field label={t('certificate.changed.type', { host })}>
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
  readonly question: CertificateQuestion;
  readonly checkId: string | null;
  readonly onClose: (decision: 'pin' | 'reject') => void;
}

/** Asks about a controller's certificate: seen for the first time, or not the one that was accepted. */
export function CertificateDialog({ question, checkId, onClose }: Props): ReactElement {
  const { t } = useLanguage();
  const { certificate, pinned, directoryId } = question;
  const changed = pinned !== null;
  useReturnFocus();
  const [confirmed, setConfirmed] = useState(!changed);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const decide = async (decision: 'pin' | 'reject'): Promise<void> => {
    setBusy(true);
    const { host, fingerprint } = certificate;
    const answer = await api.directory.decideCertificate({
      id: directoryId,
      checkId,
      host,
      fingerprint,
      decision,
    });
    setBusy(false);
    if (answer.ok) onClose(decision);
    else setError(answer.error);
  };
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t(changed ? 'certificate.changed.title' : 'certificate.first.title')}</DialogTitle>
          <DialogContent>
            {pinned === null ? (
              <FirstContact question={question} />
            ) : (
              <Changed certificate={certificate} pinned={pinned} onConfirm={setConfirmed} />
            )}
            {error === null ? null : <Failure error={error} />}
          </DialogContent>
          <DialogActions>
            <Button
              appearance={changed ? 'primary' : 'secondary'}
              disabled={busy}
              onClick={() => void decide('reject')}
            >
              {t(changed ? 'certificate.changed.keep' : 'certificate.reject')}
            </Button>
            <Button
              appearance={changed ? 'secondary' : 'primary'}
              disabled={busy || !confirmed}
              onClick={() => void decide('pin')}
            >
              {t(changed ? 'certificate.changed.accept' : 'certificate.first.accept')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
