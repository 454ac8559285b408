import { CheckmarkCircle16Regular } from '@fluentui/react-icons/svg/checkmark-circle';
import { LockClosed16Filled } from '@fluentui/react-icons/svg/lock-closed';
import { QuestionCircle16Regular } from '@fluentui/react-icons/svg/question-circle';
import { Warning16Filled } from '@fluentui/react-icons/svg/warning';
import type { ReactElement } from 'react';
import type { Status } from '../../shared/account-status';
import { useLanguage } from '../i18n/language';
import badge from './badge.module.css';
import styles from './status-badge.module.css';

const icons: Readonly<Record<Status, ReactElement>> = {
  locked: <LockClosed16Filled />,
  counting: <Warning16Filled />,
  clear: <CheckmarkCircle16Regular />,
  unknown: <QuestionCircle16Regular />,
};

const tones: Readonly<Record<Status, string | undefined>> = {
  locked: badge.danger,
  counting: badge.warning,
  clear: badge.good,
  unknown: badge.open,
};

export const StatusIcon = ({ status }: { readonly status: Status }): ReactElement => (
  <span className={styles.icon} aria-hidden="true">
    {icons[status]}
  </span>
);

/** A status by shape, word and colour, so that none of the three is needed to tell it. */
export function StatusBadge({ status }: { readonly status: Status }): ReactElement {
  const { t } = useLanguage();
  return (
    <span className={`${badge.badge} ${tones[status]} ${styles.size}`} data-status={status}>
      <StatusIcon status={status} />
      {t(`status.${status}`)}
    </span>
  );
}
