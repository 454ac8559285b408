import type { ReactElement } from 'react';
import type { PlanPreview } from '../../../shared/isolation-contract';
import { useLanguage } from '../../i18n/language';
import { useMirror } from '../../store/window-mirror';
import styles from './isolation.module.css';
import { touched } from './plan-model';
import { PlanView } from './plan-view';

interface Props {
  readonly previews: readonly PlanPreview[];
  readonly onRetry: () => void;
}

const ignore = (): void => undefined;

/** One plan each: a line that opens to the whole plan. */
export function PlanList({ previews, onRetry }: Props): ReactElement {
  const { t, say } = useLanguage();
  const profiles = useMirror((state) => state.profiles);
  const summary = ({ plan, refusal, error }: PlanPreview): string => {
    if (error) return t(error.messageKey, error.params);
    if (refusal) return say(refusal.phrase);
    if (!plan) return t('isolate.steps.none');
    return [
      t(`isolate.strategy.${plan.strategy}`),
      t('isolate.steps.short', { count: plan.steps.length }),
      t('isolate.strategy.touches', { count: touched(plan).length }),
    ].join(' · ');
  };
  const refused = previews.filter((one) => one.plan === null).length;
  return (
    <div className={styles.block}>
      <p className={styles.paragraph}>
        {t('isolate.several.text', { count: previews.length - refused, refused })}
      </p>
      {previews.map((preview) => (
        <details key={preview.id} className={styles.item}>
          <summary>
            <strong>{profiles[preview.id]?.name ?? preview.id}</strong>
            <span className={styles.minor}>{summary(preview)}</span>
          </summary>
          <div className={styles.itemBody}>
            <PlanView
              preview={preview}
              onStrategy={null}
              decisions={{}}
              onDecisions={ignore}
              onRetry={onRetry}
            />
          </div>
        </details>
      ))}
    </div>
  );
}
