import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleHalfFill16Filled } from '@fluentui/react-icons/svg/circle-half-fill';
import { RecordStop16Regular } from '@fluentui/react-icons/svg/record-stop';
import type { ReactElement } from 'react';
import type { IncidentSummary } from '../../../shared/incident';
import { useLanguage } from '../../i18n/language';
import styles from './incidents.module.css';

/** Open, proved to be over, or closed by hand: by word, sign and colour. Only what is proved is green. */
export function StateBadge({ incident }: { readonly incident: IncidentSummary }): ReactElement {
  const { t } = useLanguage();
  const { state, closedBy } = incident;
  const tone = state === 'open' ? 'open' : closedBy === 'proof' ? 'proof' : 'hand';
  const Sign =
    tone === 'open'
      ? CircleHalfFill16Filled
      : tone === 'proof'
        ? CheckmarkCircle16Filled
        : RecordStop16Regular;
  return (
    <span className={styles.badge} data-tone={tone}>
      <Sign aria-hidden="true" />
      {t(`incident.state.${state}`)}
    </span>
  );
}
