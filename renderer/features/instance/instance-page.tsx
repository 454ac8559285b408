import { Button, Tab, TabList } from '@fluentui/react-components';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { Empty, Loading } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { shownStatus } from '../../status/shown-status';
import { useSteppedNow } from '../../store/ticker';
import { useUi } from '../../store/ui';
import { useInstance, useMirror, useProfile, useSettings } from '../../store/window-mirror';
import { OpenIncidents } from '../incidents/open-incidents';
import styles from './instance.module.css';
import { InstanceHeader } from './instance-header';
import { Overview } from './overview';

const EvidenceTab = lazy(async () => ({ default: (await import('./evidence-tab')).EvidenceTab }));
const DiagnosisTab = lazy(async () => ({ default: (await import('./diagnosis-tab')).DiagnosisTab }));

const tabs = ['overview', 'evidence', 'diagnosis'] as const;
type TabName = (typeof tabs)[number];

interface Props {
  readonly id: InstanceId;
  readonly accountKey: string | null;
}

/** One instance: what is locked, by whom, until when, and the evidence for it. */
export function InstancePage({ id, accountKey }: Props): ReactElement {
  const { t } = useLanguage();
  const profile = useProfile(id);
  const view = useInstance(id);
  const windowStale = useMirror((state) => state.stale);
  const { staleAfterSeconds } = useSettings();
  const go = useUi((state) => state.go);
  const nowMs = useSteppedNow(1000);
  const [tab, setTab] = useState<TabName>('overview');
  if (!profile) {
    return (
      <Empty page title={t('instance.gone.title')} text={t('instance.gone.text')}>
        <Button onClick={() => go({ page: 'fleet' })}>{t('instance.back')}</Button>
      </Empty>
    );
  }
  const shown = shownStatus(view, nowMs, staleAfterSeconds, windowStale);
  return (
    <div className={styles.page}>
      <div className={styles.header}>
        <InstanceHeader profile={profile} view={view} shown={shown} />
        <TabList
          size="small"
          aria-label={t('instance.tabs')}
          selectedValue={tab}
          onTabSelect={(_, data) => setTab(data.value as TabName)}
        >
          {tabs.map((name) => (
            <Tab key={name} value={name} id={`tab-${name}`} aria-controls="tab-content">
              {t(`instance.tab.${name}`)}
            </Tab>
          ))}
        </TabList>
      </div>
      <div className={styles.content} role="tabpanel" id="tab-content" aria-labelledby={`tab-${tab}`}>
        <OpenIncidents id={id} />
        <Suspense fallback={<Loading label={t('common.loading')} />}>
          {tab === 'overview' ? <Overview id={id} view={view} shown={shown} accountKey={accountKey} /> : null}
          {tab === 'evidence' ? <EvidenceTab id={id} view={view} /> : null}
          {tab === 'diagnosis' ? <DiagnosisTab id={id} view={view} shown={shown} /> : null}
        </Suspense>
      </div>
    </div>
  );
}
