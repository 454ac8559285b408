import { Button, ProgressBar } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { InstanceId } from '../../../shared/instance';
import { Panel } from '../../components/panel';
import { useLanguage } from '../../i18n/language';
import { useUi } from '../../store/ui';
import styles from './checklist.module.css';
import { checklistsOf, useChecklists } from './state';

/** How far the unlock of each open incident of an instance is, with what comes next; nothing where there is none. */
export function ChecklistPanel({ id }: { readonly id: InstanceId }): ReactElement | null {
  const { t } = useLanguage();
  const go = useUi((state) => state.go);
  const own = checklistsOf(useChecklists(), id);
  if (own.length === 0) return null;
  return (
    <Panel title={t('checklist.panel')}>
      <ul className={styles.lines}>
        {own.map(({ incidentId, accountName, done, total, next }) => {
          const progress = t('checklist.progress', { done, total });
          return (
            <li key={incidentId} className={styles.line}>
              <span className={styles.lineName}>{accountName ?? t('checklist.subtitle.none')}</span>
              <ProgressBar
                className={styles.lineBar}
                value={total === 0 ? 0 : done / total}
                aria-label={t('checklist.progress.label')}
                aria-valuetext={progress}
              />
              <span>{progress}</span>
              <span className={styles.lineNext}>
                {next === null ? t('checklist.panel.done') : t('checklist.panel.next', { part: next.part })}
              </span>
              <Button
                size="small"
                appearance="primary"
                aria-label={t('checklist.panel.openOf', { account: accountName ?? '' })}
                onClick={() => go({ page: 'checklist', incidentId })}
              >
                {t('checklist.panel.open')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
