import { Button } from '@fluentui/react-components';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import type { InstanceView } from '../../../shared/account-status';
import type { InstanceId } from '../../../shared/instance';
import { Empty, Loading } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import type { ShownStatus } from '../../status/shown-status';
import { useUi } from '../../store/ui';
import { ChecklistPanel } from '../checklist/checklist-panel';
import { IsolationPanel } from '../isolation/isolation-panel';
import { AccountsPanel } from './accounts-panel';
import styles from './instance.module.css';
import { PolicyPanel } from './policy-panel';
import { SituationPanel } from './situation-panel';
import { SourcesPanel } from './sources-panel';
import type { Range } from './timeline-model';
import { TimelinePanel } from './timeline-panel';

const RdpPanel = lazy(async () => ({ default: (await import('../rdp/rdp-panel')).RdpPanel }));

interface Props {
  readonly id: InstanceId;
  readonly view: InstanceView | undefined;
  readonly shown: ShownStatus;
  readonly accountKey: string | null;
}

export function Overview({ id, view, shown, accountKey }: Props): ReactElement {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const [range, setRange] = useState<Range>('1h');
  const [account, setAccount] = useState<string | null>(null);
  if (!view) {
    return (
      <>
        <Empty title={t('accounts.empty.title')} text={t('accounts.empty.text')} />
        <IsolationPanel id={id} />
        <Suspense fallback={null}>
          <RdpPanel id={id} />
        </Suspense>
      </>
    );
  }
  const reading = view.connection === 'connecting' && view.checkedAtMs === null;
  const asked = { id, view, range, account };
  return (
    <>
      <SituationPanel id={id} view={view} shown={shown} />
      {reading ? <Loading label={t('instance.connection.connecting')} /> : null}
      <ChecklistPanel id={id} />
      <AccountsPanel view={view} shown={shown} openKey={accountKey} />
      <IsolationPanel id={id} />
      <Suspense fallback={null}>
        <RdpPanel id={id} />
      </Suspense>
      <div className={styles.split}>
        <div className={styles.column}>
          <TimelinePanel {...asked} onRange={setRange} onAccount={setAccount} />
          <SourcesPanel {...asked} />
        </div>
        <PolicyPanel
          policy={view.policy}
          actions={
            <Button
              size="small"
              appearance="subtle"
              onClick={() => go({ page: 'policy', scope: { kind: 'instance', id } })}
            >
              {t('tradeOff.open')}
            </Button>
          }
        />
      </div>
    </>
  );
}
