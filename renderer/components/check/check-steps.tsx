import { ArrowSync16Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { Circle16Regular } from '@fluentui/react-icons/svg/circle';
import { ErrorCircle16Filled } from '@fluentui/react-icons/svg/error-circle';
import { SubtractCircle16Regular } from '@fluentui/react-icons/svg/subtract-circle';
import { Warning16Filled } from '@fluentui/react-icons/svg/warning';
import type { ReactElement, ReactNode } from 'react';
import type { CheckStep } from '../../../shared/check';
import { useLanguage } from '../../i18n/language';
import styles from './check.module.css';

const icons: Readonly<Record<CheckStep['state'], ReactElement>> = {
  waiting: <Circle16Regular />,
  running: <ArrowSync16Regular />,
  passed: <CheckmarkCircle16Filled />,
  warning: <Warning16Filled />,
  failed: <ErrorCircle16Filled />,
  skipped: <SubtractCircle16Regular />,
};

interface StepLineProps {
  readonly step: Pick<CheckStep, 'state' | 'durationMs' | 'messageKey' | 'params' | 'error'> & {
    readonly id: string;
  };
  readonly name: string;
  /** Below the name: where on the way it is. */
  readonly place?: string | null;
}

/** One step of a check: its state, what was found and how long it took. */
export function StepLine({ step, name, place = null }: StepLineProps): ReactElement {
  const { t } = useLanguage();
  const found = step.messageKey === null ? null : t(step.messageKey, step.params);
  const error = step.error === null ? null : t(step.error.messageKey, step.error.params);
  return (
    <li className={styles.step} data-state={step.state} data-step={step.id}>
      <span className={styles.stepIcon} aria-hidden="true">
        {icons[step.state]}
      </span>
      <span className={styles.stepName}>
        {name}
        {place === null ? null : <span className={styles.stepHop}>{place}</span>}
      </span>
      <span className={styles.stepText}>
        <span className="visually-hidden">{t(`profile.check.state.${step.state}`)}. </span>
        {error ?? found ?? (step.state === 'passed' ? null : t(`profile.check.state.${step.state}`))}
      </span>
      <span className={styles.stepTime}>
        {step.durationMs === null ? '' : t('profile.check.duration', { ms: Math.round(step.durationMs) })}
      </span>
    </li>
  );
}

/** Each step of a check with its state, what was found and how long it took. */
export function StepList({ children }: { readonly children: ReactNode }): ReactElement {
  const { t } = useLanguage();
  return (
    <ol className={styles.steps} aria-label={t('profile.check.steps')}>
      {children}
    </ol>
  );
}
