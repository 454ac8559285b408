import { Switch } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { PlanStep } from '../../../shared/isolation';
import type { DescribedCall } from '../../../shared/network';
import { useLanguage } from '../../i18n/language';
import styles from './isolation.module.css';

/** A call as a line of its action and one line for each parameter. */
export const callText = ({ action, parameters }: DescribedCall): string =>
  [action, ...Object.entries(parameters).map(([name, value]) => `  ${name}=${value}`)].join('\n');

/** The exact list of what is done, in words and, when wanted, as the calls of the cloud's API. */
export function PlanSteps({ steps }: { readonly steps: readonly PlanStep[] }): ReactElement {
  const { t, say } = useLanguage();
  const [calls, setCalls] = useState(false);
  if (steps.length === 0) return <p className={styles.paragraph}>{t('isolate.steps.none')}</p>;
  return (
    <div className={styles.block}>
      <h3 className={styles.subtitle}>{t('isolate.steps', { count: steps.length })}</h3>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.id}>
            {say(step.phrase)}
            {step.checkpoint ? <span className={styles.minor}> {t('isolate.steps.checkpoint')}</span> : null}
            {calls
              ? step.calls.map((call) => (
                  <code key={callText(call)} className={styles.call}>
                    {callText(call)}
                  </code>
                ))
              : null}
          </li>
        ))}
      </ol>
      <div>
        <Switch
          label={t('isolate.steps.calls')}
          checked={calls}
          onChange={(_, data) => setCalls(data.checked)}
        />
      </div>
    </div>
  );
}
