import type { ReactElement } from 'react';
import type { Certificate, CertificateQuestion } from '../../../shared/directory';
import { api } from '../../api';
import pairs from '../../components/pairs.module.css';
import {
  Alarm,
  Commands,
  Fingerprint,
  Fingerprints,
  Labelled,
  Paragraph,
} from '../../components/trust/parts';
import { type TrustDecision, TrustDialog } from '../../components/trust/trust-dialog';
import { useLanguage } from '../../i18n/language';
import { useSteppedNow } from '../../store/ticker';
import { FINGERPRINT_COMMAND, isNamed, validity } from './certificate-model';
import styles from './directory.module.css';

/** What a certificate says of itself. */
function Facts({ certificate }: { readonly certificate: Certificate }): ReactElement {
  const { t, fmt } = useLanguage();
  const nowMs = useSteppedNow(60_000);
  const { host, subject, issuer, names, validFromMs, validToMs } = certificate;
  const valid = validity(certificate, nowMs);
  const at = (ms: number | null): string => (ms === null ? t('certificate.valid.unknown') : fmt.dateTime(ms));
  return (
    <dl className={`${pairs.pairs} ${pairs.roomy}`}>
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
    <Labelled label={t('certificate.where')}>
      <Commands>{FINGERPRINT_COMMAND}</Commands>
    </Labelled>
  );
};

function FirstContact({ question }: { readonly question: CertificateQuestion }): ReactElement {
  const { t } = useLanguage();
  const { certificate, systemSays } = question;
  const { host, port, fingerprint } = certificate;
  return (
    <>
      <Paragraph>{t('certificate.first.text', { host, port: String(port) })}</Paragraph>
      <Fingerprint label={t('certificate.fingerprint')} value={fingerprint} />
      <Facts certificate={certificate} />
      {systemSays === null ? null : (
        <Paragraph>{t('certificate.systemSays', { reason: systemSays })}</Paragraph>
      )}
      <Command />
    </>
  );
}

interface ChangedProps {
  readonly certificate: Certificate;
  readonly pinned: Certificate;
}

function Changed({ certificate, pinned }: ChangedProps): ReactElement {
  const { t } = useLanguage();
  const { host, port, fingerprint } = certificate;
  return (
    <>
      <Alarm>{t('certificate.changed.stop', { host, port: String(port) })}</Alarm>
      <Paragraph>{t('certificate.changed.text')}</Paragraph>
      <Fingerprints
        before={{ label: t('certificate.changed.old'), value: pinned.fingerprint }}
        now={{ label: t('certificate.changed.new'), value: fingerprint }}
      />
      <Facts certificate={certificate} />
      <Command />
    </>
  );
}

interface Props {
  readonly question: CertificateQuestion;
  readonly checkId: string | null;
  readonly onClose: (decision: TrustDecision) => void;
}

/** Asks about a controller's certificate: seen for the first time, or not the one that was accepted. */
export function CertificateDialog({ question, checkId, onClose }: Props): ReactElement {
  const { t } = useLanguage();
  const { certificate, pinned, directoryId: id } = question;
  const { host, fingerprint } = certificate;
  const changed = pinned !== null;
  return (
    <TrustDialog
      title={t(changed ? 'certificate.changed.title' : 'certificate.first.title')}
      reject={t(changed ? 'certificate.changed.keep' : 'certificate.reject')}
      accept={t(changed ? 'certificate.changed.accept' : 'certificate.first.accept')}
      comparison={
        changed
          ? {
              host,
              compared: t('certificate.changed.confirm'),
              type: t('certificate.changed.type', { host }),
            }
          : null
      }
      decide={(decision) => api.directory.decideCertificate({ id, checkId, host, fingerprint, decision })}
      onDecided={onClose}
    >
      {changed ? <Changed certificate={certificate} pinned={pinned} /> : <FirstContact question={question} />}
    </TrustDialog>
  );
}
