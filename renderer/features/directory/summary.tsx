import { Button } from '@fluentui/react-components';
import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { Delete20Regular } from '@fluentui/react-icons/svg/delete';
import { Edit20Regular } from '@fluentui/react-icons/svg/edit';
import { PlugConnected20Regular } from '@fluentui/react-icons/svg/plug-connected';
import type { ReactElement } from 'react';
import type { DirectoryProfile, DirectoryView } from '../../../shared/directory';
import { api } from '../../api';
import { ConnectionText, Fact, Facts } from '../../components/facts';
import page from '../../components/page.module.css';
import { Failure, PracticeBadge } from '../../components/panel';
import { StatusBadge } from '../../components/status-badge';
import card from '../../components/status-card.module.css';
import { Age } from '../../components/time';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import type { ShownStatus } from '../../status/shown-status';
import { useUi } from '../../store/ui';
import { usePractice } from '../../store/window-mirror';
import { deleteDirectory } from './actions';
import styles from './directory.module.css';

function DomainFacts({ profile, view, shown }: Props): ReactElement {
  const { t, fmt } = useLanguage();
  const known = view !== undefined && shown.status !== 'unknown';
  const plain = profile.transport === 'plain';
  return (
    <Facts className={styles.facts}>
      <Fact label={t('directories.fact.domain')}>
        {profile.domain}
        {view?.netbiosName ? ` (${view.netbiosName})` : ''}
      </Fact>
      <Fact label={t('directories.fact.pdc')}>{view?.pdcHost ?? t('directories.notKnown')}</Fact>
      <Fact label={t('directories.fact.locked')}>
        {known ? fmt.number(view.locked) : t('status.unknown')}
      </Fact>
      <Fact label={t('directories.fact.counting')}>
        {known ? fmt.number(view.counting) : t('status.unknown')}
      </Fact>
      <Fact label={t('directories.fact.checked')}>
        {shown.checkedAtMs === null ? t('directories.never') : <Age ms={shown.checkedAtMs} />}
      </Fact>
      {view ? (
        <Fact label={t('instance.connection')}>
          <ConnectionText connection={view.connection} nextAttemptAtMs={view.nextAttemptAtMs} />
        </Fact>
      ) : null}
      <Fact label={t('directories.fact.transport')}>
        <span className={plain ? styles.warningText : undefined}>
          {t(`directories.transport.${profile.transport}`)}
        </span>
      </Fact>
      {view?.lastFull ? (
        <Fact label={t('directories.fact.full')}>
          {t('directories.fact.full.value', {
            entries: view.lastFull.entries,
            duration: fmt.duration(Math.max(0.1, Math.round(view.lastFull.durationMs / 100) / 10)),
            bytes: fmt.bytes(view.lastFull.bytes),
          })}
        </Fact>
      ) : null}
    </Facts>
  );
}

interface Props {
  readonly profile: DirectoryProfile;
  readonly view: DirectoryView | undefined;
  readonly shown: ShownStatus;
}

const STANDS_STILL: readonly DirectoryView['connection'][] = ['needsAdmin', 'stopped', 'waiting'];

/** What holds for the domain as a whole, and what can be done about the directory. */
export function Summary({ profile, view, shown }: Props): ReactElement {
  const { t, say } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const practice = usePractice('');
  const { id, name } = profile;
  const reconnect = (): void => void report(t, api.directory.reconnect({ id }));
  const still = view !== undefined && STANDS_STILL.includes(view.connection);
  return (
    <section className={card.card} data-status={shown.status} aria-label={name}>
      <div className={styles.line}>
        <StatusBadge status={shown.status} />
        <h2 className={styles.name}>{name}</h2>
        {practice ? <PracticeBadge /> : null}
        <span className={page.spring} />
        <Button
          size="small"
          icon={<ArrowSync20Regular />}
          onClick={() => void report(t, api.directory.refresh({ id }))}
        >
          {t('directories.action.refresh')}
        </Button>
        <Button
          size="small"
          icon={<PlugConnected20Regular />}
          onClick={() => openDialog({ kind: 'directoryCheck', id })}
        >
          {t('directories.action.check')}
        </Button>
        <Button
          size="small"
          icon={<Edit20Regular />}
          onClick={() => openDialog({ kind: 'directoryProfile', id, domain: null })}
        >
          {t('directories.action.edit')}
        </Button>
        <Button size="small" icon={<Delete20Regular />} onClick={() => void deleteDirectory(t, profile)}>
          {t('directories.action.delete')}
        </Button>
      </div>
      {shown.reason ? <p className={styles.reason}>{say(shown.reason)}</p> : null}
      {shown.lastKnown ? (
        <p className={styles.reason}>{t('directories.lastKnown', { status: shown.lastKnown })}</p>
      ) : null}
      <DomainFacts profile={profile} view={view} shown={shown} />
      {view?.failure ? (
        <div className={styles.gap}>
          <Failure error={view.failure} />
        </div>
      ) : null}
      {still ? (
        <div className={styles.gap}>
          <Button size="small" onClick={reconnect}>
            {t('directories.action.reconnect')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
