import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { InstanceId } from '../../../shared/instance';
import type { RdpCertificate } from '../../../shared/rdp';
import { api } from '../../api';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import styles from './rdp.module.css';

interface Props {
  readonly id: InstanceId;
  readonly certificate: RdpCertificate;
}

/** The certificate that answered: shown and compared, never trusted. */
export function CertificateFacts({ id, certificate }: Props): ReactElement {
  const { t, fmt } = useLanguage();
  const { fingerprint, subject, issuer, selfSigned, validFromMs, validToMs } = certificate;
  const { previousFingerprint, firstSeen } = certificate;
  const accept = (): void => void report(t, api.rdp.acceptCertificate({ id, fingerprint }));
  return (
    <>
      <dl className={styles.pairs}>
        <dt>{t('rdp.certificate.subject')}</dt>
        <dd>
          {subject || t('rdp.certificate.unnamed')} (
          {selfSigned ? t('rdp.certificate.selfSigned') : t('rdp.certificate.issuer', { issuer })})
        </dd>
        <dt>{t('rdp.certificate.valid')}</dt>
        <dd>{t('rdp.certificate.range', { from: fmt.full(validFromMs), to: fmt.full(validToMs) })}</dd>
        <dt>{t('rdp.certificate.fingerprint')}</dt>
        <dd>
          <code>{fingerprint}</code>
        </dd>
        <dt>{t('rdp.certificate.compared')}</dt>
        <dd>
          {t(
            previousFingerprint !== null
              ? 'rdp.certificate.differs'
              : firstSeen
                ? 'rdp.certificate.first'
                : 'rdp.certificate.same',
          )}
        </dd>
        {previousFingerprint === null ? null : (
          <>
            <dt>{t('rdp.certificate.before')}</dt>
            <dd>
              <code>{previousFingerprint}</code>
            </dd>
          </>
        )}
      </dl>
      {previousFingerprint === null ? null : (
        <div className={styles.changed}>
          <p>{t('rdp.certificate.changed')}</p>
          <Button size="small" onClick={accept}>
            {t('rdp.certificate.accept')}
          </Button>
        </div>
      )}
    </>
  );
}
