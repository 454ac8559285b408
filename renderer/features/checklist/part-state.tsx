import { ArrowCounterclockwise16Filled } from '@fluentui/react-icons/svg/arrow-counterclockwise';
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { Circle16Regular } from '@fluentui/react-icons/svg/circle';
import { Clock16Regular } from '@fluentui/react-icons/svg/clock';
import { Prohibited16Regular } from '@fluentui/react-icons/svg/prohibited';
import { SubtractCircle16Regular } from '@fluentui/react-icons/svg/subtract-circle';
import type { ReactElement } from 'react';
import type { ChecklistState } from '../../../shared/checklist';
import { useLanguage } from '../../i18n/language';
import styles from './checklist.module.css';

const icons: Readonly<Record<ChecklistState, ReactElement>> = {
  todo: <Circle16Regular />,
  doing: <Clock16Regular />,
  done: <CheckmarkCircle16Filled />,
  reopened: <ArrowCounterclockwise16Filled />,
  notNeeded: <SubtractCircle16Regular />,
  blocked: <Prohibited16Regular />,
};

/** How a part or a step stands, by shape, word and colour. */
export function PartState({ state }: { readonly state: ChecklistState }): ReactElement {
  const { t } = useLanguage();
  return (
    <span className={styles.state} data-state={state}>
      <span className={styles.icon} aria-hidden="true">
        {icons[state]}
      </span>
      {t(`checklist.state.${state}`)}
    </span>
  );
}
