import type { ReactElement } from 'react';
import type { HostKey, HostKeyQuestion } from '../../../shared/instance';
import { api } from '../../api';
import {
  Alarm,
  Commands,
  Fingerprint,
  Fingerprints,
  Labelled,
  Paragraph,
} from '../../components/trust/parts';
import { TrustDialog } from '../../components/trust/trust-dialog';
import { useLanguage } from '../../i18n/language';
import { fingerprintCommands } from './host-key-command';
import styles from './profile.module.css';

const HostCommands = ({ of }: { readonly of: HostKey }): ReactElement => (
  <Commands>{fingerprintCommands(of.algorithm, of.hop).join('\n')}</Commands>
);

function FirstContact({ question }: { readonly question: HostKeyQuestion }): ReactElement {
  const { t } = useLanguage();
  const { key, knownHosts } = question;
  return (
    <>
      <Paragraph>{t('hostKey.first.text', { host: key.host, port: String(key.port) })}</Paragraph>
      <Fingerprint label={t('hostKey.fingerprint', { algorithm: key.algorithm })} value={key.fingerprint} />
      {knownHosts === 'matches' ? <Paragraph>{t('hostKey.first.knownHosts')}</Paragraph> : null}
      {knownHosts === 'differs' ? (
        <div className={styles.apart}>
          <Alarm>{t('hostKey.first.knownHosts.differs')}</Alarm>
        </div>
      ) : null}
      <Labelled label={t(key.hop === 'instance' ? 'hostKey.first.where' : 'hostKey.first.where.jump')}>
        <HostCommands of={key} />
      </Labelled>
    </>
  );
}

interface ChangedProps {
  readonly question: HostKeyQuestion;
  readonly pinned: HostKey;
}

function Changed({ question, pinned }: ChangedProps): ReactElement {
  const { t } = useLanguage();
  const { key, knownHosts } = question;
  return (
    <>
      <Alarm>{t('hostKey.changed.stop', { host: key.host, port: String(key.port) })}</Alarm>
      <Paragraph>{t('hostKey.changed.text')}</Paragraph>
      <Fingerprints
        before={{
          label: t('hostKey.changed.old', { algorithm: pinned.algorithm }),
          value: pinned.fingerprint,
        }}
        now={{ label: t('hostKey.changed.new', { algorithm: key.algorithm }), value: key.fingerprint }}
      />
      <Paragraph>
        {t(key.hop === 'instance' ? 'hostKey.changed.what' : 'hostKey.changed.what.jump')}
      </Paragraph>
      <HostCommands of={key} />
      {knownHosts === 'matches' ? <Paragraph>{t('hostKey.changed.knownHosts')}</Paragraph> : null}
    </>
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
  const { key, pinned, instanceId, knownHosts } = question;
  const { host, hop, fingerprint } = key;
  const changed = pinned !== null;
  const acceptFirst = knownHosts === 'matches' ? 'hostKey.first.accept.known' : 'hostKey.first.accept';
  return (
    <TrustDialog
      title={t(changed ? 'hostKey.changed.title' : 'hostKey.first.title')}
      reject={t(changed ? 'hostKey.changed.keep' : 'hostKey.reject')}
      accept={t(changed ? 'hostKey.changed.accept' : acceptFirst)}
      comparison={
        changed
          ? { host, compared: t('hostKey.changed.confirm'), type: t('hostKey.changed.type', { host }) }
          : null
      }
      decide={(decision) => api.hostKeys.decide({ id: instanceId, checkId, hop, fingerprint, decision })}
      onDecided={onClose}
    >
      {changed ? <Changed question={question} pinned={pinned} /> : <FirstContact question={question} />}
    </TrustDialog>
  );
}
