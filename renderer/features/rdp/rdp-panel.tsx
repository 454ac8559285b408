import type { ReactElement } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { RdpBody, useProbe } from './rdp-body';

/** Whether Remote Desktop answers, and the way to connect; for the instance's page and the checklist. */
export function RdpPanel({ id }: { readonly id: InstanceId }): ReactElement {
  const { t } = useLanguage();
  const { error, probe } = useProbe(id);
  return (
    <Panel title={t('rdp.title')}>
      <RdpBody id={id} probe={probe} error={error} />
    </Panel>
  );
}
