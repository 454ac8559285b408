import { ArrowSync16Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { People16Regular } from '@fluentui/react-icons/svg/people';
import { ShieldCheckmark16Filled } from '@fluentui/react-icons/svg/shield-checkmark';
import { ShieldError16Filled } from '@fluentui/react-icons/svg/shield-error';
import { ShieldQuestion16Regular } from '@fluentui/react-icons/svg/shield-question';
import type { ReactElement } from 'react';
import type { InstanceId } from '../../../shared/instance';
import badge from '../../components/badge.module.css';
import { useLanguage } from '../../i18n/language';
import styles from './isolation-badge.module.css';
import { useIsolation } from './state';
import { type Mark, markOf, type Tone } from './status-model';

const icons: Readonly<Record<Tone, ReactElement>> = {
  good: <ShieldCheckmark16Filled />,
  warning: <ShieldQuestion16Regular />,
  danger: <ShieldError16Filled />,
  neutral: <People16Regular />,
  busy: <ArrowSync16Regular />,
};

const tones: Readonly<Record<Tone, string | undefined>> = {
  good: badge.good,
  warning: badge.warning,
  danger: badge.danger,
  neutral: badge.neutral,
  busy: badge.open,
};

/** The state of an isolation by shape, word and colour. */
export function MarkBadge({ mark }: { readonly mark: Mark }): ReactElement {
  const { t } = useLanguage();
  return (
    <span
      className={`${badge.badge} ${tones[mark.tone]} ${styles.size}`}
      data-isolation={mark.kind}
      title={t(`isolate.mark.${mark.kind}.long`)}
    >
      <span className={styles.icon} aria-hidden="true">
        {icons[mark.tone]}
      </span>
      {t(`isolate.mark.${mark.kind}`)}
    </span>
  );
}

export function IsolationBadge({ id }: { readonly id: InstanceId }): ReactElement | null {
  const mark = markOf(useIsolation(id));
  return mark ? <MarkBadge mark={mark} /> : null;
}
