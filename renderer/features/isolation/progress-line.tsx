import { Button, ProgressBar } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import type { InstanceId } from '../../../shared/instance';
import type { IsolationView } from '../../../shared/isolation';
import { api } from '../../api';
import { useLanguage } from '../../i18n/language';
import { report } from '../../shell/actions';
import styles from './isolation.module.css';

interface Props {
  readonly id: InstanceId;
  readonly name: string;
  readonly progress: NonNullable<IsolationView['progress']>;
}

/** How far a plan has come, with a cancel that stops before the next step. */
export function ProgressLine({ id, name, progress }: Props): ReactElement {
  const { t, say } = useLanguage();
  const [stopping, setStopping] = useState(false);
  const { kind, steps, stepsDone, current } = progress;
  const cancel = (): void => {
    setStopping(true);
    void report(t, api.isolation.cancel({ id })).then((done) => {
      if (!done) setStopping(false);
    });
  };
  return (
    <div className={styles.progress}>
      <div className={styles.grow}>
        <div role="status">
          {t(`isolate.progress.${kind}`, { done: stepsDone, steps })}
          {current ? `: ${say(current)}` : ''}
        </div>
        <ProgressBar
          aria-label={t('isolate.progress.label', { name })}
          {...(steps > 0 ? { value: stepsDone, max: steps } : {})}
        />
      </div>
      <Button
        size="small"
        disabledFocusable={stopping}
        aria-label={t('isolate.progress.cancel.of', { name })}
        title={t('isolate.progress.cancel.hint')}
        onClick={cancel}
      >
        {t(stopping ? 'isolate.progress.stopping' : 'isolate.progress.cancel')}
      </Button>
    </div>
  );
}
