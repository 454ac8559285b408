import { Spinner } from '@fluentui/react-components';
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { Circle20Regular } from '@fluentui/react-icons/svg/circle';
import { ErrorCircle20Filled } from '@fluentui/react-icons/svg/error-circle';
import { QuestionCircle20Filled } from '@fluentui/react-icons/svg/question-circle';
import type { ReactElement } from 'react';
import type { PasswordReset } from '../../../shared/password-reset';
import { useLanguage } from '../../i18n/language';
import { type StepState, stepsOf } from './reset-model';
import styles from './unlock.module.css';

const icons: Readonly<Record<StepState, ReactElement>> = {
  todo: <Circle20Regular />,
  doing: <Spinner size="extra-tiny" />,
  done: <CheckmarkCircle20Filled />,
  uncertain: <QuestionCircle20Filled />,
  failed: <ErrorCircle20Filled />,
};

/** The three steps of a reset and how far each is. */
export function ResetSteps({ reset }: { readonly reset: PasswordReset }): ReactElement {
  const { t } = useLanguage();
  return (
    <ol className={styles.steps}>
      {Object.entries(stepsOf(reset)).map(([step, state]) => (
        <li key={step} data-step={step} data-state={state}>
          <span className={styles.stepIcon} aria-hidden="true">
            {icons[state]}
          </span>
          <span>
            {t(`unlock.reset.step.${step}`)}
            <span className="visually-hidden">: {t(`unlock.reset.stepState.${state}`)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
