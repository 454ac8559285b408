import { Button } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { Desktop20Regular } from '@fluentui/react-icons/svg/desktop';
import { Edit20Regular } from '@fluentui/react-icons/svg/edit';
import { PlugConnected20Regular } from '@fluentui/react-icons/svg/plug-connected';
import type { ReactElement } from 'react';
import type { InstanceView } from '../../../shared/account-status';
import type { ConnectionProfile } from '../../../shared/instance';
import { api } from '../../api';
import { ConnectionText, Fact, Facts } from '../../components/facts';
import page from '../../components/page.module.css';
import { PracticeBadge } from '../../components/panel';
import { StatusBadge } from '../../components/status-badge';
import { Age } from '../../components/time';
import type { Language } from '../../i18n/language';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import type { ShownStatus } from '../../status/shown-status';
import { useUi } from '../../store/ui';
import { usePractice } from '../../store/window-mirror';
import { IsolationBadge } from '../isolation/isolation-badge';
import styles from './instance.module.css';

/** Below this, clocks agree as far as a reading over a network can tell. */
const CLOCK_AGREES_MS = 1000;

export function clockInWords(offsetMs: number | null, { t, fmt }: Pick<Language, 't' | 'fmt'>): string {
  if (offsetMs === null) return t('instance.clock.unknown');
  if (Math.abs(offsetMs) < CLOCK_AGREES_MS) return t('instance.clock.same');
  const duration = fmt.duration(Math.abs(offsetMs) / 1000);
  return t(offsetMs > 0 ? 'instance.clock.ahead' : 'instance.clock.behind', { duration });
}

function Connection({ view }: { readonly view: InstanceView | undefined }): ReactElement {
  const { t, fmt } = useLanguage();
  if (view?.connection === 'catchingUp' && view.catchUpProgress !== null) {
    return (
      <>{t('instance.connection.catchingUp.progress', { percent: fmt.percent(view.catchUpProgress) })}</>
    );
  }
  return (
    <ConnectionText connection={view?.connection ?? 'off'} nextAttemptAtMs={view?.nextAttemptAtMs ?? null} />
  );
}

interface Props {
  readonly profile: ConnectionProfile;
  readonly view: InstanceView | undefined;
  readonly shown: ShownStatus;
}

export function InstanceHeader({ profile, view, shown }: Props): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const go = useUi((state) => state.go);
  const openDialog = useUi((state) => state.openDialog);
  const practice = usePractice(profile.id);
  const { id } = profile;
  return (
    <>
      <div className={styles.titleLine}>
        <Button
          appearance="subtle"
          icon={<ArrowLeft20Regular />}
          aria-label={t('instance.back')}
          title={t('instance.back')}
          onClick={() => go({ page: 'fleet' })}
        />
        <h1 className={`${page.title} ${page.name}`}>{profile.name}</h1>
        <StatusBadge status={shown.status} />
        <IsolationBadge id={id} />
        {practice ? <PracticeBadge /> : null}
        <span className={page.spring} />
        {view?.connection === 'needsAdmin' ? (
          <Button onClick={() => void report(t, api.instance.reconnect({ id }))}>
            {t('instance.action.reconnect')}
          </Button>
        ) : null}
        <Button
          appearance="subtle"
          icon={<ArrowSync20Regular />}
          onClick={() => void report(t, api.instance.refresh({ id }))}
        >
          {t('instance.action.refresh')}
        </Button>
        <Button
          appearance="subtle"
          icon={<PlugConnected20Regular />}
          onClick={() => openDialog({ kind: 'check', id })}
        >
          {t('instance.action.check')}
        </Button>
        <Button
          appearance="subtle"
          icon={<Desktop20Regular />}
          onClick={() => openDialog({ kind: 'openConsole', id })}
        >
          {t('console.action')}
        </Button>
        <Button
          appearance="subtle"
          icon={<Edit20Regular />}
          onClick={() => openDialog({ kind: 'profile', id, copyOf: null })}
        >
          {t('instance.action.edit')}
        </Button>
      </div>
      <Facts className={styles.facts}>
        <Fact label={t('instance.connection')}>
          <Connection view={view} />
        </Fact>
        <Fact label={t('instance.lastRead')}>
          {shown.checkedAtMs === null ? t('instance.neverRead') : <Age ms={shown.checkedAtMs} />}
        </Fact>
        <Fact label={t('instance.clock')}>{clockInWords(view?.clockOffsetMs ?? null, language)}</Fact>
        <Fact label={t('instance.address')}>{profile.ssh.host}</Fact>
        {view?.computer ? <Fact label={t('instance.computer')}>{view.computer}</Fact> : null}
        {view?.system ? <Fact label={t('instance.system')}>{view.system}</Fact> : null}
      </Facts>
    </>
  );
}
