import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import type { ReactElement } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { api } from '../../api';
import { LazyMenu, type MenuEntry } from '../../components/lazy-menu';
import { useLanguage } from '../../i18n/language';
import { deleteInstance, report } from '../../shell/actions';
import { useUi } from '../../store/ui';
import styles from './fleet.module.css';

interface Props {
  readonly id: InstanceId;
  readonly name: string;
  readonly focusable: boolean;
}

/** The actions of one row. */
export function RowMenu({ id, name, focusable }: Props): ReactElement {
  const { t } = useLanguage();
  const entries = (): readonly MenuEntry[] => {
    const { go, openDialog } = useUi.getState();
    return [
      {
        key: 'open',
        label: t('fleet.action.open'),
        onSelect: () => go({ page: 'instance', instanceId: id, accountKey: null }),
      },
      {
        key: 'refresh',
        label: t('fleet.action.refresh'),
        onSelect: () => void report(t, api.instance.refresh({ id })),
      },
      { key: 'check', label: t('fleet.action.check'), onSelect: () => openDialog({ kind: 'check', id }) },
      {
        key: 'isolate',
        label: t('isolate.action.isolate'),
        onSelect: () => openDialog({ kind: 'isolate', ids: [id] }),
      },
      {
        key: 'edit',
        label: t('fleet.action.edit'),
        separated: true,
        onSelect: () => openDialog({ kind: 'profile', id, copyOf: null }),
      },
      {
        key: 'duplicate',
        label: t('fleet.action.duplicate'),
        onSelect: () => openDialog({ kind: 'profile', id: null, copyOf: id }),
      },
      { key: 'delete', label: t('fleet.action.delete'), onSelect: () => void deleteInstance(t, id, name) },
    ];
  };
  return (
    <LazyMenu
      entries={entries}
      trigger={(props) => (
        <button
          {...props}
          type="button"
          className={styles.menuButton}
          tabIndex={focusable ? 0 : -1}
          aria-label={t('fleet.row.menu', { name })}
          aria-haspopup="menu"
        >
          <MoreHorizontal20Regular aria-hidden="true" />
        </button>
      )}
    />
  );
}
