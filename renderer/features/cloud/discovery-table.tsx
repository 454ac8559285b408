import { Checkbox } from '@fluentui/react-components';
import { LockClosed16Filled } from '@fluentui/react-icons/svg/lock-closed';
import type { ReactElement } from 'react';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import styles from './cloud.module.css';
import type { DiscoveryRow } from './discovery-model';

interface Props {
  readonly rows: readonly DiscoveryRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (id: string, on: boolean) => void;
}

/** A region's instances with what adopting each would do. */
export function DiscoveryTable({ rows, chosen, onChoose }: Props): ReactElement {
  const { t } = useLanguage();
  const profiles = useMirror((state) => state.profiles);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.scroller} tabIndex={0} aria-label={t('cloud.discover.table')}>
      <table className={styles.table} aria-label={t('cloud.discover.table')}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('cloud.discover.column.choose')}</span>
            </th>
            {(['name', 'state', 'addresses', 'action'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`cloud.discover.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ suggestion: { instance, action, profileId, address }, id, name, selectable }) => (
            <tr key={id}>
              <td>
                {selectable ? (
                  <Checkbox
                    aria-label={t('cloud.discover.choose', { name })}
                    checked={chosen.has(id)}
                    onChange={(_, data) => onChoose(id, data.checked === true)}
                  />
                ) : null}
              </td>
              <td>
                <div className={styles.strong}>{name}</div>
                <div className={styles.minor}>{[id, t(`cloud.system.${instance.system}`)].join(' · ')}</div>
              </td>
              <td>
                {t(`cloud.status.${instance.status}`)}
                {instance.lockedForSecurity ? (
                  <div className={styles.locked}>
                    <span aria-hidden="true" className={styles.icon}>
                      <LockClosed16Filled />
                    </span>
                    {t('cloud.status.locked')}
                  </div>
                ) : null}
              </td>
              <td>
                {address ?? t('cloud.discover.noAddress')}
                <div className={styles.minor}>
                  {[...instance.publicAddresses, ...instance.privateAddresses]
                    .filter((one) => one !== address)
                    .join(', ')}
                </div>
              </td>
              <td>
                {instance.system === 'linux'
                  ? t('cloud.discover.linux')
                  : t(`cloud.discover.action.${action}`, {
                      profile: profileId === null ? '' : (profiles[profileId]?.name ?? ''),
                    })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
