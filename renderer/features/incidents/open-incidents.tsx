import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import { useMirror } from '../../store/window-mirror';
import styles from './incidents.module.css';

/** That incidents are open on an instance, in one line; nothing while there are none. */
export function OpenIncidents({ id }: { readonly id: InstanceId }): ReactElement | null {
  const { t, fmt } = useLanguage();
  const go = useUi((state) => state.go);
  const incidents = useMirror((state) => state.base?.incidents);
  const open = (incidents ?? []).filter((one) => one.instanceId === id && one.state === 'open');
  const [newest] = open;
  if (!newest) return null;
  const count = open.length;
  return (
    <p className={styles.hint}>
      {t('incident.ofInstance', { count, time: fmt.time(newest.openedAtMs) })}{' '}
      <Button
        size="small"
        onClick={() => go(count === 1 ? { page: 'incident', incidentId: newest.id } : { page: 'incidents' })}
      >
        {t(count === 1 ? 'incident.ofInstance.open' : 'incident.ofInstance.openAll')}
      </Button>
    </p>
  );
}
