import { Button } from '@fluentui/react-components';
import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { type ReactElement, useState } from 'react';
import type { ConnectionProfile, InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { Empty, Loading, Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import { useUi } from '../../store/ui';
import { useProfile } from '../../store/window-mirror';
import { CloudFailure } from './cloud-failure';
import { ExposureTable } from './exposure-table';
import styles from './isolation.module.css';
import { IsolationFacts } from './isolation-facts';
import { ProgressLine } from './progress-line';
import { RemainingPaths } from './remaining-paths';
import { type InstanceIsolation, useCloudAccounts, useIsolation } from './state';
import { actionsOf, type IsolationAction } from './status-model';
import { VerdictLine } from './verdict-line';

function Actions({ view }: { readonly view: InstanceIsolation }): ReactElement | null {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const toast = useUi((state) => state.toast);
  const { id } = view;
  const resume = async (): Promise<void> => {
    const answer = await api.isolation.resume({ id });
    if (!answer.ok) {
      toast({ text: t(answer.error.messageKey, answer.error.params), intent: 'error', undo: null });
    } else if (answer.value !== null) openDialog({ kind: 'plan', preview: answer.value });
  };
  const act: Readonly<Record<IsolationAction, () => void>> = {
    isolate: () => openDialog({ kind: 'isolate', ids: [id] }),
    restoreToTrust: () => openDialog({ kind: 'restoreToTrust', id }),
    undo: () => openDialog({ kind: 'undo', id }),
    resume: () => void resume(),
    recipe: () => openDialog({ kind: 'recipe', id }),
  };
  const actions = actionsOf(view);
  if (actions.length === 0) return null;
  return (
    <div className={styles.buttons}>
      {actions.map((action, index) => (
        <Button key={action} appearance={index === 0 ? 'primary' : 'secondary'} onClick={act[action]}>
          {t(`isolate.action.${action}`)}
        </Button>
      ))}
    </div>
  );
}

/** Why nothing can be said about the cloud's side of an instance, and the way to change that. */
function NotLinked({ profile }: { readonly profile: ConnectionProfile }): ReactElement {
  const { t } = useLanguage();
  const openDialog = useUi((state) => state.openDialog);
  const go = useUi((state) => state.go);
  const hasAccount = useCloudAccounts().length > 0;
  const other = profile.cloud !== null && profile.cloud.provider !== 'aliyun';
  if (other)
    return <Empty title={t('exposure.otherProvider.title')} text={t('exposure.otherProvider.text')} />;
  if (!hasAccount) {
    return (
      <Empty title={t('exposure.noAccount.title')} text={t('exposure.noAccount.text')}>
        <Button appearance="primary" onClick={() => go({ page: 'cloud' })}>
          {t('exposure.noAccount.action')}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty title={t('exposure.noReference.title')} text={t('exposure.noReference.text')}>
      <Button appearance="primary" onClick={() => openDialog({ kind: 'cloudLink', id: profile.id })}>
        {t('exposure.noReference.action')}
      </Button>
    </Empty>
  );
}

function Body({ view, name }: { readonly view: InstanceIsolation; readonly name: string }): ReactElement {
  const { t } = useLanguage();
  const { exposure, readError, progress } = view;
  const retry = (): void => void report(t, api.isolation.refresh({ ids: [view.id] }));
  return (
    <>
      <div className={styles.top}>
        <VerdictLine view={view} />
        {progress ? <ProgressLine id={view.id} name={name} progress={progress} /> : null}
        <IsolationFacts view={view} />
        {readError ? <CloudFailure error={readError} onRetry={retry} /> : null}
        <Actions view={view} />
      </div>
      {exposure === null ? (
        readError === null ? (
          <Loading label={t('exposure.loading')} />
        ) : null
      ) : exposure.rows.length === 0 ? (
        <p className={styles.none}>{t('exposure.noRows', { port: String(exposure.rdpPort) })}</p>
      ) : (
        <ExposureTable rows={exposure.rows} />
      )}
      {exposure ? <RemainingPaths paths={exposure.remaining} rows={exposure.rows} /> : null}
    </>
  );
}

/** Through what RDP can be reached, whether it is cut off, and the buttons for both. */
export function IsolationPanel({ id }: { readonly id: InstanceId }): ReactElement | null {
  const { t } = useLanguage();
  const profile = useProfile(id);
  const view = useIsolation(id);
  const accounts = useCloudAccounts();
  const [reading, setReading] = useState(false);
  if (!profile) return null;
  const linked = profile.cloud?.provider === 'aliyun' && accounts.length > 0;
  const shown = view !== undefined && (linked || view.exposure !== null || view.state !== 'none');
  const refresh = async (): Promise<void> => {
    setReading(true);
    await report(t, api.isolation.refresh({ ids: [id] }));
    setReading(false);
  };
  return (
    <Panel
      flush
      title={t('exposure.title')}
      actions={
        shown ? (
          <Button
            appearance="subtle"
            size="small"
            icon={<ArrowSync20Regular />}
            disabledFocusable={reading}
            onClick={() => void refresh()}
          >
            {t(reading ? 'exposure.reading' : 'exposure.refresh')}
          </Button>
        ) : null
      }
    >
      {shown ? (
        <Body view={view} name={profile.name} />
      ) : linked ? (
        <Loading label={t('exposure.loading')} />
      ) : (
        <NotLinked profile={profile} />
      )}
    </Panel>
  );
}
